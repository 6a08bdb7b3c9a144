"""The curated store: reading, validating and writing."""
