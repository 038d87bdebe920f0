"""Tests of the demonstration market."""
