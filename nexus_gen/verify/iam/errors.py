"""The one error of this package."""

from __future__ import annotations


class UnmodelledError(Exception):
    """A policy or a request uses something whose meaning is not modelled here.

    Attributes:
        what: the thing, named so that a reader finds it in the policy or the request.
        source: where it stands, for example `aws_iam_role_policy.tenant`; may be empty.
    """

    def __init__(self, what: str, source: str = "") -> None:
        super().__init__(f"{source}: {what}" if source else what)
        self.what = what
        self.source = source
