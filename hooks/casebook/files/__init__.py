"""Files that are published as they are: which may be, and whether they are what they claim."""
