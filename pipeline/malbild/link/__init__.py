"""Mentions to actors: one entry for everybody who is named, however they are inflected."""

from malbild.link.actors import group_actors

__all__ = ["group_actors"]
