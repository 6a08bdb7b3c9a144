"""Messages, the formatting of numbers, dates and lists, and text folding for comparison."""
