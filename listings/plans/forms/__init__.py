"""Forms of plans: the whole text on one page, and the reasons of single acts."""
