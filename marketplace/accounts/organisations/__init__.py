"""Universities, firms, agencies and zone authorities: registration, profile, verification, directory."""
