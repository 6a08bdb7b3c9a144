"""Citations of sources and of selections."""
