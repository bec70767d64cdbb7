"""What an editor asks of a rulebook: outline, completion, names, colours; pure functions of a text."""
