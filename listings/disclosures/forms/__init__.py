"""Forms of disclosures: the pages of the text, and the acts around it."""
