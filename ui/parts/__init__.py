"""Parts shared by pages: frame, card, map, charts, tables, downloads, filter bar."""
