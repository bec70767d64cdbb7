"""The command `baton`: one file per command, nothing that the service does."""
