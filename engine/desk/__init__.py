"""What one person sees and does in a workspace: frozen answers for screens, in the reader's language."""
