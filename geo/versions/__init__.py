"""Changes between versions of the store."""
