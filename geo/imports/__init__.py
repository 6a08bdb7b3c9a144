"""Data of others: opened as tables of texts, recognised by header, mapped to incidents, every row accounted for."""
