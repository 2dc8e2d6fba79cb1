"""What every device of the hall has in common: being let in, telling how it is, doing what it is asked from afar."""
