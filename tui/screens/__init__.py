"""The screens. Each renders frozen views that the desk gives, and asks it to act; none keeps a truth."""
