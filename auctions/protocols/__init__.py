"""Protocols: the public file of a trade, from which anybody recomputes its deadlines and its result."""
