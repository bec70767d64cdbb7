"""People, departments, posts and groups: the directory, and the files that it is imported from."""
