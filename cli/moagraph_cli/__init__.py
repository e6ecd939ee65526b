"""The command line of moagraph: it parses, calls the library and prints."""
