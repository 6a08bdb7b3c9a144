"""The page of the report figure."""
