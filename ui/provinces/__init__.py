"""The page of provinces."""
