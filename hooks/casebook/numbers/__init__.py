"""Every number that people can read, with the source that answers for it."""
