"""Questions and answers about a trade, visible to all."""
