"""Slips of YAML: quotes, colons, commas, brackets, indentation."""

from __future__ import annotations

from .scoring import Mistake

_LANGUAGE = "language: {type: string, max_length: 5, default: en}"
_HEADLINE = "headline: {type: string, max_length: 160}"
_TITLE = "      title: {type: string, required: true, max_length: 200}\n"
_ORIGINS = "cors_origins: [https://app.example.com]"
_CONFLICT = """\
«<<<<<<< HEAD»
      capacity: {type: integer, minimum: 1, maximum: 31}
=======
      capacity: {type: integer, minimum: 1, maximum: 500}
>>>>>>> feature
"""
_CAPACITY = "      capacity: {type: integer, minimum: 1, maximum: 31}\n"

SYNTAX = (
    Mistake(
        "quote left open in a flow",
        _LANGUAGE,
        _LANGUAGE.replace("en}", '«"en»}'),
        _LANGUAGE.replace("en}", '"en"}'),
    ),
    Mistake(
        "quote left open before another entry",
        'code: {type: string, pattern: "^[A-Z]{3}$", max_length: 20}',
        'code: {type: string, description: «"Code of it», pattern: "^[A-Z]{3}$", max_length: 20}',
        'code: {type: string, description: "Code of it", pattern: "^[A-Z]{3}$", max_length: 20}',
    ),
    Mistake(
        "single quote left open",
        _LANGUAGE,
        _LANGUAGE.replace("en}", "«'en»}"),
        _LANGUAGE.replace("en}", "'en'}"),
    ),
    Mistake(
        "quote left open in a block",
        "description: A course that the organization offers.",
        'description: «"A course that the organization offers.»',
        'description: "A course that the organization offers."',
    ),
    Mistake(
        "apostrophe in single quotes",
        "description: A course that the organization offers.",
        "description: «'A course that the organization's teachers offer.'»",
        "description: 'A course that the organization''s teachers offer.'",
    ),
    Mistake(
        "quote left open in a list",
        "cors_origins: [https://app.example.com]",
        'cors_origins: [«"https://app.example.com»]',
        'cors_origins: ["https://app.example.com"]',
    ),
    Mistake(
        "no space after a colon in a flow",
        "title: {type: string, required: true, max_length: 200}",
        "title: {type: string, «required:»true, max_length: 200}",
    ),
    Mistake("no space before a mapping", _HEADLINE, "«headline:»{type: string, max_length: 160}"),
    Mistake(
        "no space after a colon in a block",
        "          columns: {type: integer, minimum: 1, maximum: 12}",
        "          columns:\n            «type:»integer\n            minimum: 1\n"
        "            maximum: 12",
        "          columns: {type: integer, minimum: 1, maximum: 12}",
    ),
    Mistake(
        "no space after the last colon",
        "    delete: {soft: true, retain: 30d}",
        "    delete:\n      soft: true\n      «retain:»30d",
    ),
    Mistake(
        "no space before a list",
        "      read: [member, instructor, admin]\n      create: [admin]\n",
        "      read: [member, instructor, admin]\n      «create:»[admin]\n",
    ),
    Mistake("no space before quotes", 'minimum: "0", scale', '«minimum:»"0", scale'),
    Mistake("no space before a number", "minimum: 1, maximum: 31", "«minimum:»1, maximum: 31"),
    Mistake("no space in the product", "product: ai-nexus", "«product:»ai-nexus"),
    Mistake(
        "no space after a dash",
        "      read: [member, instructor, admin]\n      create: [admin]\n",
        "      read:\n        - member\n        «-»instructor\n        - admin\n"
        "      create: [admin]\n",
    ),
    Mistake("merge conflict", _CAPACITY, _CONFLICT, says="keep one side"),
    Mistake(
        "merge conflict with a base",
        _CAPACITY,
        _CONFLICT.replace("=======\n", "||||||| 1a2b3c\n      capacity: {type: text}\n=======\n"),
        says="keep one side",
    ),
    Mistake(
        "merge conflict half mended",
        _CAPACITY,
        _CAPACITY + "«>>>>>>> feature»\n",
        says="delete",
    ),
    Mistake(
        "merge conflict at the top",
        "nexus: 1\n",
        "«<<<<<<< HEAD»\nnexus: 1\n=======\nnexus: 1\n>>>>>>> other\n",
        says="keep one side",
    ),
    Mistake("star as origin", _ORIGINS, "cors_origins: «*»", says="list the origins"),
    Mistake("star in a list of origins", _ORIGINS, "cors_origins: [«*»]", says="list the origins"),
    Mistake(
        "star in a block list",
        _ORIGINS,
        "cors_origins:\n      - «*»",
        says="list the origins",
    ),
    Mistake("star in quotes", _ORIGINS, 'cors_origins: «"*"»', says="list the origins"),
    Mistake(
        "star and a host", _ORIGINS, "cors_origins: [«*».example.com]", says="list the origins"
    ),
    Mistake(
        "star as access",
        "      read: [member, instructor, admin]\n      create: [admin]\n",
        "      read: «*»\n      create: [admin]\n",
        says="list the roles",
    ),
    Mistake(
        "star in access",
        "      read: [member, instructor, admin]\n      create: [admin]\n",
        "      read: [«*»]\n      create: [admin]\n",
        says="list the roles",
    ),
    Mistake(
        "yes and no as values",
        "values: [beginner, advanced], default: beginner",
        "values: «[yes, no]»",
        'values: ["yes", "no"]',
    ),
    Mistake(
        "yes and no as values and default",
        "values: [beginner, advanced], default: beginner",
        "values: «[yes, no]», default: yes",
        'values: ["yes", "no"], default: "yes"',
        says='["yes", "no"], and where they are named again',
    ),
    Mistake(
        "yes and no as values in a block",
        "      level: {type: enum, values: [beginner, advanced], default: beginner}",
        "      level:\n        type: enum\n        values:\n          - «yes»\n          - no\n"
        "        default: no",
        '      level:\n        type: enum\n        values:\n          - "yes"\n          - "no"\n'
        '        default: "no"',
        says='"yes", "no", and where they are named again',
    ),
    Mistake(
        "on and off as values, and a third",
        "values: [beginner, advanced], default: beginner",
        "values: «[on, off, idle]»",
        'values: ["on", "off", "idle"]',
    ),
    Mistake(
        "true and false as values",
        "values: [beginner, advanced], default: beginner",
        "values: «[true, false]»",
        'values: ["true", "false"]',
    ),
    Mistake(
        "numbers as values",
        "values: [beginner, advanced], default: beginner",
        "values: «[1, 1.50, 0x1F]»",
        'values: ["1", "1.50", "0x1F"]',
    ),
    Mistake(
        "one number among values",
        "values: [beginner, advanced], default: beginner",
        "values: [a, «1.50», b]",
        'values: [a, "1.50", b]',
    ),
    Mistake(
        "no as a value in a block",
        "      level: {type: enum, values: [beginner, advanced], default: beginner}",
        "      level:\n        type: enum\n        values:\n          - «no»\n          - maybe",
        '      level:\n        type: enum\n        values:\n          - "no"\n          - maybe',
    ),
    Mistake(
        "yes as a default",
        "active: {type: boolean, default: true}",
        "active: {type: boolean, default: «yes»}",
        says="write `true`",
    ),
    Mistake("comma left out", _HEADLINE, "headline: {type: string «max_length»: 160}"),
    Mistake(
        "brace left open",
        _TITLE,
        "      title: «{type: string, required: true, max_length: 200»\n",
    ),
    Mistake(
        "bracket left open",
        "values: [beginner, advanced], default: beginner}",
        "values: «[beginner, advanced», default: beginner}",
    ),
    Mistake(
        "colon in a text",
        "description: A course that the organization offers.",
        "description: «A course: the organization offers it.»",
        'description: "A course: the organization offers it."',
    ),
    Mistake(
        "percent at the beginning",
        "description: A course that the organization offers.",
        "description: «%done of a course»",
        'description: "%done of a course"',
    ),
    Mistake(
        "at sign at the beginning",
        "description: A course that the organization offers.",
        "description: «@courses of it»",
        'description: "@courses of it"',
    ),
    Mistake("a tab", _TITLE, _TITLE.replace("      title", "    «\t»title"), says="spaces"),
    Mistake(
        "backslash in double quotes",
        'pattern: "^[A-Z]{3}$"',
        r'pattern: «"^\d{3}$"»',
        r"pattern: '^\d{3}$'",
    ),
    Mistake(
        "one backslash of two in double quotes",
        'pattern: "^[A-Z]{3}$"',
        r'pattern: «"^\\w\d{2}$"»',
        r"pattern: '^\w\d{2}$'",
    ),
    Mistake("equals sign", _HEADLINE, "headline: {«type=string», max_length: 160}", _HEADLINE),
    Mistake(
        "no colon after a key",
        "      read: [member, instructor, admin]\n      create: [admin]\n",
        "      read: [member, instructor, admin]\n      «create» [admin]\n",
    ),
    Mistake("no colon before a mapping", _HEADLINE, "«headline» {type: string, max_length: 160}"),
    Mistake("no brace before a mapping", _HEADLINE, "headline: «type: string, max_length: 160}»"),
    Mistake(
        "two keys on one line",
        "    delete: {soft: true, retain: 30d}",
        "    delete: «soft»: true",
        "    delete: {soft: true}",
        says="write `delete: {soft: true}`",
    ),
    Mistake(
        "a space too few",
        "      headline: {type: string, max_length: 160}\n",
        "     «headline»: {type: string, max_length: 160}\n",
        says="indent both alike",
    ),
    Mistake(
        "a line end left out",
        "    unique: [slug]\n    indexes:\n",
        "    unique: [slug]    «indexes»:\n",
        says="on a line of its own",
    ),
    Mistake("a brace too many", _HEADLINE, _HEADLINE + "«}»", says="remove it"),
    Mistake(
        "a pattern without quotes",
        'pattern: "^[A-Z]{3}$", max_length: 20}',
        "pattern: «^[A-Z]{3}$», max_length: 20}",
    ),
    Mistake(
        "a pattern without quotes, last",
        'pattern: "^[A-Z]{3}$", max_length: 20}',
        "max_length: 20, pattern: «^[A-Z]{3}$»}",
    ),
    Mistake("no colon in a flow", "minimum: 1, maximum: 31", "«minimum 1», maximum: 31"),
)
