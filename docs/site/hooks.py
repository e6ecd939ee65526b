"""Pages that are made from the code when the site is built, so that they cannot be out of date."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

import reference


def on_files(files: Any, config: Any) -> Any:
    """Add the generated pages to those on disk."""
    from mkdocs.structure.files import File

    for path, text in reference.pages().items():
        files.append(File.generated(config, path, content=text))
    return files
