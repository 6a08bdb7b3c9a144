"""What the app says: sentences with numbers, names and lists in them, the same on every page and in every file."""
