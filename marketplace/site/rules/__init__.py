"""The rules in force: every term with its source, and how a period is counted."""
