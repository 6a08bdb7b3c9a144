"""HTTP answers beside the pages, and guards in front of all answers."""
