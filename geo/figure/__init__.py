"""The report figure: a print map of the current filters and extent, drawn without a browser."""
