"""nexus-gen: a declarative spec compiler for multi-tenant SaaS backends on AWS."""

__version__ = "0.1.0"
