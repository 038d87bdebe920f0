"""Pages of the demonstration zones."""
