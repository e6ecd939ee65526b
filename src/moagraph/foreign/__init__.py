"""Records that others made: audited by their own rules, and laid beside our graph."""
