"""The Flask toolbox: requests, forms, JSON operations, guards, paging. Knows nothing of the market."""
