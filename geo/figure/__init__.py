"""The report figure: a map of exactly the current filters and extent, for print, drawn without a browser."""
