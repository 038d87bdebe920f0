"""Demonstration zones as entities; their life cycle and pages belong to the roof."""
