"""What a designer of rulebooks sees of a text while it is written, and how it is changed for them."""
