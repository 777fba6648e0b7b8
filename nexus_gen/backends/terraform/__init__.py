"""The Terraform backend: modules, both integration roots and the settings of each environment."""
