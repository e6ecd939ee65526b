"""`python -m moagraph_cli` is the same as `moagraph`."""

from moagraph_cli.main import run

if __name__ == "__main__":
    run()
