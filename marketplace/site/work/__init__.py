"""The workbench: what a person has to do, and where they may go."""
