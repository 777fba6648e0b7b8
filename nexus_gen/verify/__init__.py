"""What `nexus-gen check` runs on `generated/`.

`runner.verify` runs the checks of `steps.CHECKS` on a `context.Subject`; `reports` renders what
comes out. Nothing is imported here: the command line needs the names of formats, and not what it
takes to run a check.
"""
