"""Mentions to actors: one entry for everybody who is named, however they are inflected, and who it is that speaks."""

from malbild.link.actors import group_actors
from malbild.link.issuer import speaker
from malbild.link.register import registered

__all__ = ["group_actors", "registered", "speaker"]
