"""Grants of rights (赋权): a unit gives the completers a share of the title, a long-term use, or a part of the income."""
