"""Who may act for an organisation, and in which roles."""
