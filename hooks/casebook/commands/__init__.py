"""The subcommands of ``casebook``, a module each."""
