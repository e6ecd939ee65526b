"""Answers as text for people: 80 columns, colour only on a terminal."""
