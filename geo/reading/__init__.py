"""What stands in the store's three files, and everything that is wrong with it, each fault by incident and field."""
