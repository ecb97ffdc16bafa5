"""The outside world, one file a neighbour: calendars, mail, paper, keys, the clock. Knows the domain only."""
