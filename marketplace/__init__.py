"""The open technology-transfer marketplace: floor (core, web, accounts) and roof (app, cli, site) of the house."""
