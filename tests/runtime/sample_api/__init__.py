"""A vertical as the compiler would render it, written by hand."""
