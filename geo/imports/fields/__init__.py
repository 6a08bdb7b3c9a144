"""Fields of an incident, each read from the cells of a file."""
