"""Which incidents are meant: filters and what a search looks through."""
