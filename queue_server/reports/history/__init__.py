"""The hall's past: what the report tables tell of many days, with and without numbers that were never people."""
