"""Answers as frozen records: `to_dict()`, `to_markdown()` and an HTML display for notebooks."""
