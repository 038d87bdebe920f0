"""A person's own account: name, language, password, log-ins, which organisation they act for."""
