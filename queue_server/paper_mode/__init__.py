"""Counters without a server: the list to call from by hand, and entering afterwards what was called."""
