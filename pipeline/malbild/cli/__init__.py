"""The command line: one file a command. Parsing here, doing elsewhere; nothing heavy is imported early."""

from malbild.cli.app import main

__all__ = ["main"]
