"""Refusals of parents, references and what a deletion does."""

from __future__ import annotations

from ..documents import COURSE, EDUCATION, Refusal, vertical


def _child(head: str = "parent: Course", access: str = "inherit: Course", more: str = "") -> str:
    return (
        f"  Lesson:\n    {head}\n    fields: {{text: {{type: text}}}}\n{more}"
        f"    access: {{{access}}}\n"
    )


def _course(more: str = "") -> str:
    fields = "    fields: {title: {type: string}}\n"
    return f"  Course:\n{fields}{more}    access: {{read: [member]}}\n"


def _order(reference: str, more: str = "") -> str:
    return (
        f"  Order:\n    fields: {{course: {{type: ref, {reference}}}}}\n{more}"
        "    access: {read: [member]}\n"
    )


RELATIONS = (
    Refusal(
        "NX211",
        vertical(_course() + _child("parent: «Curse»", "read: [member]")),
        "did you mean `Course`?",
    ),
    Refusal(
        "NX211",
        vertical(_course() + _child("parent: «Lesson2»", "read: [member]")),
        "entities of this vertical: `Course`",
    ),
    Refusal(
        "NX212",
        {
            EDUCATION: COURSE,
            **vertical(_child("parent: «Course»", "read: [member]"), "media"),
        },
        "move `Lesson` to `education`: a child lies in its parent's table",
    ),
    Refusal(
        "NX213",
        vertical(
            "  Course:\n    parent: «Lesson»\n    fields: {title: {type: string}}\n"
            "    access: {read: [member]}\n" + _child(access="read: [member]")
        ),
        "one of them must have no parent",
    ),
    Refusal(
        "NX213",
        vertical(_course() + _child("parent: «Lesson»", "read: [member]")),
        "name another parent, or none",
    ),
    Refusal(
        "NX213",
        vertical(_course() + _child("parent: «Lesson»", "inherit: Course")),
        "name another parent, or none",
    ),
    Refusal("NX214", vertical(_course() + _order("to: «Cours»")), "did you mean `Course`?"),
    Refusal(
        "NX215",
        vertical(
            "  Node:\n    fields: {«next»: {type: ref, to: Node, required: true}}\n"
            "    access: {read: [member]}\n"
        ),
        "make one of these references optional",
    ),
    Refusal(
        "NX215",
        vertical(
            "  A:\n    fields: {«b»: {type: ref, to: B, required: true}}\n"
            "    access: {read: [member]}\n"
            "  B:\n    fields: {c: {type: ref, to: C, required: true}}\n"
            "    access: {read: [member]}\n"
            "  C:\n    fields: {a: {type: ref, to: A, required: true}}\n"
            "    access: {read: [member]}\n"
        ),
        "make one of these references optional",
    ),
    Refusal(
        "NX216",
        vertical(
            _course()
            + _order(
                "to: Course, required: true, on_delete: «detach»",
                "    indexes: {by_course: {match: [course]}}\n",
            )
        ),
        "use `restrict` or `cascade`, or make the field optional",
    ),
    Refusal(
        "NX217",
        vertical(_course() + _order("to: Course, on_delete: «cascade»")),
        "add the index `by_course: {match: [course]}`, or use `restrict`",
    ),
    Refusal(
        "NX217",
        vertical(
            _course()
            + _order(
                "to: Course, on_delete: «detach»",
                "    indexes: {mine: {match: [created_by, course]}}\n",
            )
        ),
        "add the index `by_course: {match: [course]}`, or use `restrict`",
    ),
    Refusal(
        "NX251",
        vertical(_course("    delete: {soft: true, retain: «23h»}\n")),
        "write a time from `1d` to `3650d`",
    ),
    Refusal(
        "NX251",
        vertical(_course("    delete: {soft: true, retain: «3651d»}\n")),
        "write a time from `1d` to `3650d`",
    ),
    Refusal(
        "NX251",
        vertical(_course("    delete: {soft: false, retain: «30d»}\n")),
        "write `soft: true`, or remove `retain`",
    ),
    Refusal(
        "NX252",
        vertical(_course() + _child(more="    «delete»: {soft: true}\n")),
        "remove it, or write it in `Course`",
    ),
    Refusal(
        "NX252",
        vertical(
            _course("    delete: {soft: true}\n") + _child(more="    «delete»: {soft: false}\n")
        ),
        "remove it, or write it in `Course`",
    ),
    Refusal(
        "NX911",
        {EDUCATION: COURSE, **vertical(_order("to: «Course»"), "sales")},
        "keep the id in a `string`, or move the entity to this vertical",
    ),
    Refusal(
        "NX912",
        vertical(
            _course()
            + "  Track:\n    fields: {steps: {type: list, of: {type: «ref», to: Course}}}\n"
            "    access: {read: [member]}\n"
        ),
        "make it a field of the entity, or of a child entity",
    ),
    Refusal(
        "NX913",
        vertical(_course() + _child() + _order("to: «Lesson»")),
        "refer to `Course`, or give `Lesson` no parent",
    ),
    Refusal(
        "NX914",
        vertical(
            _course() + "  Lesson:\n    parent: Course\n    access: {inherit: Course}\n"
            "    fields: {next: {type: ref, to: Course, on_delete: «cascade»}}\n"
            "    indexes: {by_next: {match: [next]}}\n"
        ),
        "use `restrict`, or give `Lesson` no parent",
    ),
)
