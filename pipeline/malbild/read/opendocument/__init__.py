"""What an OpenDocument text is made of: its styles, lists and text. ``malbild.read.odt`` puts them together."""
