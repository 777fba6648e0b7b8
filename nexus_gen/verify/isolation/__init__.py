"""The proof that no tenant's session reaches another tenant's data.

Policies as Terraform renders them (`nexus_gen.verify.iam.rendered`), together with how the runtime
builds keys (`layout`), become SMT problems (`encoding`, `problems`), which cvc5 decides
(`solving`). A claim whose opposite has a solution is refuted, and the solution is shown as a
request (`counterexamples`). What is not modelled is an error, never a pass.
"""
