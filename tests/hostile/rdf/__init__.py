"""RDF from a stranger: files that must be refused, and harmless ones that look like them."""
