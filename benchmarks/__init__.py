"""Benchmarks print ratios against a baseline taken in the same run; absolute figures of a shared machine mean little."""
