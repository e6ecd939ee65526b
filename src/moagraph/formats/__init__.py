"""Projections of the knowledge base to what other tools read."""
