"""Refusals of names: of fields, entities, indexes and verticals."""

from __future__ import annotations

from ..documents import COURSE, EDUCATION, Refusal, course, product, vertical

_OTHER = COURSE.replace("vertical: education", "vertical: «education»")

NAMES = (
    Refusal(
        "NX201",
        vertical("  «Import»:\n    fields: {a: {type: string}}\n    access: {read: [member]}\n"),
        "give the entity another name",
    ),
    Refusal(
        "NX201",
        {"spec/verticals/locals.yaml": COURSE.replace("education", "«locals»")},
        "give the vertical another name",
    ),
    Refusal(
        "NX202",
        {"spec/verticals/storage.yaml": COURSE.replace("education", "«storage»")},
        "give the vertical another name",
    ),
    Refusal(
        "NX208",
        vertical("  «Diagnosis»:\n    fields: {a: {type: date}}\n    access: {read: [member]}\n"),
        "give it `plural: Diagnoses`, which makes other paths and client names, or "
        "`plural: Diagnosises` to keep them",
    ),
    Refusal(
        "NX208",
        vertical(
            "  «UserSettings»:\n    fields: {a: {type: date}}\n    access: {read: [member]}\n"
        ),
        "give it `plural: UserSettings`, which makes other paths and client names, or "
        "`plural: UserSettingses` to keep them",
    ),
    Refusal("NX203", course("«version»: {type: string}"), "remove it, or give it another name"),
    Refusal("NX203", course("«refs»: {type: integer}"), "remove it, or give it another name"),
    Refusal(
        "NX203",
        course("«deleted_at»: {type: datetime}", "    delete: {soft: true}\n"),
        "remove it, or give it another name",
    ),
    Refusal(
        "NX203",
        vertical(
            "  Course:\n    fields: {title: {type: string}}\n    access: {read: [member]}\n"
            "    delete: {soft: true}\n"
            "  Lesson:\n    parent: Course\n    fields: {«restorable_until»: {type: date}}\n"
            "    access: {inherit: Course}\n"
        ),
        "remove it, or give it another name",
    ),
    Refusal("NX203", course("«gsi_rank»: {type: integer}"), "remove it, or give it another name"),
    Refusal(
        "NX203",
        vertical(
            "  Course:\n    fields: {title: {type: string}}\n    access: {read: [member]}\n"
            "  Lesson:\n    parent: Course\n    fields: {text: {type: text}}\n"
            "    access: {inherit: Course}\n"
            "  Remark:\n    parent: Lesson\n    fields: {«course_id»: {type: string}}\n"
            "    access: {inherit: Lesson}\n"
        ),
        "remove it, or give it another name",
    ),
    Refusal(
        "NX204", course("line2: {type: string}, «line_2»: {type: string}"), "rename one of them"
    ),
    Refusal(
        "NX204",
        course(
            "address: {type: object, fields: {line2: {type: string}, «line_2»: {type: string}}}"
        ),
        "rename one of them",
    ),
    Refusal(
        "NX204",
        course(
            "a: {type: date}, b: {type: date}",
            "    indexes: {by_1: {sort: a}, «by1»: {sort: b}}\n",
        ),
        "rename one of them",
    ),
    Refusal(
        "NX204",
        vertical(
            "  APIKey:\n    fields: {a: {type: string}}\n    access: {read: [member]}\n"
            "  «ApiKey»:\n    fields: {a: {type: string}}\n    access: {read: [member]}\n"
        ),
        "rename one of them",
    ),
    Refusal(
        "NX204",
        vertical(
            "  Person:\n    fields: {a: {type: string}}\n    access: {read: [member]}\n"
            "  «Human»:\n    plural: People\n    fields: {a: {type: string}}\n"
            "    access: {read: [member]}\n"
        ),
        "rename one of them, or give it a `plural`",
    ),
    Refusal(
        "NX205",
        {EDUCATION: COURSE, "spec/verticals/training.yaml": _OTHER},
        "rename one of them, or move its entities into the other",
    ),
    Refusal(
        "NX206",
        {EDUCATION: COURSE.replace("education", "«educaton»")},
        "write `vertical: education`, or rename the file to `educaton.yaml`",
    ),
    Refusal(
        "NX302",
        {"spec/verticals/files.yaml": COURSE.replace("education", "«files»")},
        "give the vertical another name",
    ),
    Refusal(
        "NX303",
        {
            "spec/verticals/lab.yaml": COURSE.replace("education", "lab"),
            "spec/verticals/lab_server.yaml": COURSE.replace("education", "«lab_server»"),
        },
        "rename one of the verticals",
    ),
    Refusal(
        "NX304",
        {
            **product("product: demo", f"product: {'a' * 40}"),
            EDUCATION: COURSE.replace("education", "«education»"),
        },
        "shorten the names of the product, the project, the environment or the vertical",
    ),
    Refusal(
        "NX301",
        vertical(
            "  Course:\n    fields: {title: {type: string}}\n"
            "    access: {read: [member], delete: [admin]}\n    delete: {soft: true}\n"
            "  «Restoration»:\n    parent: Course\n    plural: Restore\n"
            "    fields: {note: {type: string}}\n    access: {create: [admin]}\n"
        ),
        "give one of them another name or another `plural`",
    ),
)
