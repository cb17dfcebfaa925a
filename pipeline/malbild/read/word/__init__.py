"""What a Word document is made of: its parts, styles, numbering and text. ``malbild.read.docx`` puts them together."""
