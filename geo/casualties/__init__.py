"""Totals from rival claims under a rule, the claims side by side, and how far they are apart."""
