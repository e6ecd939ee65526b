"""`python -m moagraph_cli` is the same as `moagraph`."""

from moagraph_cli.main import main

if __name__ == "__main__":
    main()
