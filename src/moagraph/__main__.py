"""`python -m moagraph` is the same as `moagraph`."""

from __future__ import annotations

from moagraph_cli.main import run

if __name__ == "__main__":
    run()
