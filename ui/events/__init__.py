"""The page of event clusters."""
