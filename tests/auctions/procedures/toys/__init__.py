"""A folder of procedures that only tests have."""
