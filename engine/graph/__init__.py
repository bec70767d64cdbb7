"""The process graph: built from the model with networkx, flattened into a plan, laid out, drawn."""
