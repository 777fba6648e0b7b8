"""Roles that are not defined, or have a name with a meaning."""

from __future__ import annotations

from .scoring import Mistake

ROLES = (
    Mistake(
        "a role removed",
        "    admin: Runs an organization\n",
        "",
        says="define `admin`",
    )._replace(old="  roles:\n    admin: Runs an organization\n", new="  «roles»:\n"),
    Mistake(
        "a role renamed",
        "  roles:\n    admin: Runs an organization\n    instructor",
        "  «roles»:\n    admin: Runs an organization\n    teacher",
        says="define `instructor`",
    ),
    Mistake("a role misspelt", "delete: [admin]", "delete: [«admn»]"),
    Mistake(
        "a role misspelt twice",
        "      create: [instructor, admin]\n      update: [instructor, admin]\n",
        "      create: [«instuctor», admin]\n      update: [instuctor, admin]\n",
        says="did you mean `instructor`",
    ),
    Mistake("a role that never was", "delete: [admin]", "delete: [«boss»]", says="`admin`"),
    Mistake(
        "a role called owner",
        "  roles:\n    admin: Runs an organization\n",
        "  roles:\n    «owner»: Pays\n    admin: Runs an organization\n",
        says="another name",
    ),
)
