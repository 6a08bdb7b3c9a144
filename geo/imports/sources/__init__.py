"""Publishers, each with how its rows become incidents."""
