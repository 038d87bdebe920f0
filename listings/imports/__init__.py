"""Achievements from spreadsheets: a file is matched to columns, checked, and brought in a batch at a time."""
