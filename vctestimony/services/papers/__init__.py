"""What stands on each document of a hearing: one file a family, one maker a kind. Printing is `services/printing`."""
