"""What stands at the top of the output: its map, and how version control should treat it."""
