"""What `nexus-gen doctor` does: core's Terraform state against the spec, before any apply.

`state` reads a state, `estate` finds in it what the backend joins, `checks` compare.
"""
