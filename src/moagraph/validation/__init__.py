"""Validate data as a whole: its files, the meaning of its records, and their SHACL shapes.

`check_folder` takes a folder of tables, `check_folders` several, `check_records` records that were
read from elsewhere. All give all findings at once, sorted, each with its place and remedy.
"""

from moagraph.validation.folder import check_folder, check_folders, check_records

__all__ = ["check_folder", "check_folders", "check_records"]
