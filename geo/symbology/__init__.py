"""What is drawn of incidents, in any output: marks, symbols, spans of time."""
