"""One case record: from text with positions to typed data, and what its fields are."""
