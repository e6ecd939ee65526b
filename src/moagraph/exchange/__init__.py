"""Graphs from and for other tools: which format a file has, and what can be written."""
