"""Forms of grants: the whole text on one page, and single acts."""
