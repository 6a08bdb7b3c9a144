"""How incidents are drawn in every output: marks, symbols, spans of time."""
