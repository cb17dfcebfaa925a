"""Mentions to actors: one entry for everybody who is named, however they are inflected, and who it is that speaks."""

from malbild.link.actors import group_actors
from malbild.link.issuer import speaker

__all__ = ["group_actors", "speaker"]
