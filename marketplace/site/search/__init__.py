"""The search page, its suggestions, and the same search for programs."""
