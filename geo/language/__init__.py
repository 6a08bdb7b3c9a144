"""How people write numbers, days and lists, and how text is compared."""
