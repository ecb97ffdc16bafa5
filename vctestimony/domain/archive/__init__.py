"""A hearing as one archive: what is in it, how it explains itself, and how anybody can prove that it is whole."""
