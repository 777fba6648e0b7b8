"""`python -m nexus_gen.cli`: the same as `nexus-gen`, of the Python that runs it."""

from nexus_gen.cli.app import main

if __name__ == "__main__":
    main()
