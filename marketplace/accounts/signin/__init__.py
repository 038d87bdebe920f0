"""Registration, log-in, log-out, recovery: how a person becomes known to the site."""
