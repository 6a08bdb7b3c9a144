"""Publishers, one module each, and how their rows become incidents."""
