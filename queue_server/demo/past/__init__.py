"""The days that lie behind a fresh demo hall: lived by the rules beforehand, not through the public interfaces."""
