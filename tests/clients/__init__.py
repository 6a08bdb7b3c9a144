"""What is exported, opened in the programs that people open it with; `make clients`."""
