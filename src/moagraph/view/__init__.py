"""The page: one file that draws a mechanism and answers questions about it by itself."""
