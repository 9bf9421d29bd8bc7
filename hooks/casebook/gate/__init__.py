"""What goes out: the finished HTML is judged as it is, whoever wrote it."""
