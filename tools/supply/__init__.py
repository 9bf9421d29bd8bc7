"""What others have made, for `make audit`: its licences, and what is known against it."""
