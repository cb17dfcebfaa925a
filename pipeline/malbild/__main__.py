"""``python -m malbild``: the same as the ``malbild`` command."""

from malbild.cli import main

if __name__ == "__main__":
    main()
