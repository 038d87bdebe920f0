"""The form of a plan: the whole text on one page."""
