"""YAML files to checked plain data with source positions."""
