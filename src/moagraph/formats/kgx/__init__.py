"""KGX, the exchange form of Biolink knowledge graphs: nodes and edges as TSV or JSON lines."""
