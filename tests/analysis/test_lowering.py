"""Documents become a model with every name resolved and every default filled in."""

from __future__ import annotations

from pathlib import Path

import pytest

from nexus_gen.analysis import analyse, lower
from nexus_gen.diagnostics import SpecError
from nexus_gen.frontend import load
from nexus_gen.model import (
    CORE_OUTPUTS,
    CORE_RESOURCES,
    AccessRule,
    Action,
    Entity,
    Model,
    OnDelete,
    SoftDelete,
)
from tests import sample

from .documents import COURSE, EDUCATION, PRODUCT, compiled, course, documents, product, vertical

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def education() -> Model:
    """The Education vertical of the committed spec."""
    model, warnings = analyse(load(sample.built()))
    assert not warnings
    return model


def _entity(model: Model, name: str) -> Entity:
    (found,) = (e for v in model.verticals for e in v.entities if e.name.raw == name)
    return found


def _first(files: dict[str, str]) -> Entity:
    return compiled(files).verticals[0].entities[0]


def test_lower_gives_the_model_that_analyse_gives(education: Model) -> None:
    assert lower(load(sample.built())) == education


def test_entities_stand_in_the_order_of_the_spec(education: Model) -> None:
    (vertical_,) = education.verticals
    names = [entity.name.raw for entity in vertical_.entities]
    assert names == ["Instructor", "Course", "Lesson", "Enrollment"]


def test_routes_come_from_access_rules(education: Model) -> None:
    course_ = _entity(education, "Course")
    assert [(o.name.raw, o.method, o.path) for o in course_.operations] == [
        ("list_courses", "GET", "/education/courses"),
        ("create_course", "POST", "/education/courses"),
        ("get_course", "GET", "/education/courses/{course_id}"),
        ("update_course", "PATCH", "/education/courses/{course_id}"),
        ("delete_course", "DELETE", "/education/courses/{course_id}"),
        ("restore_course", "POST", "/education/courses/{course_id}/restore"),
    ]
    assert course_.operations[3].access == AccessRule(("admin",), owner=True)
    assert course_.operations[5].access == course_.access[Action.DELETE]


def test_an_action_that_no_rule_allows_has_no_route() -> None:
    entity = _first(course("a: {type: string}"))
    assert [operation.kind.value for operation in entity.operations] == ["list", "get"]
    assert set(entity.access) == {Action.READ}


def test_an_empty_rule_allows_nobody() -> None:
    text = COURSE.replace("read: [member]", "read: [member], create: []")
    assert Action.CREATE not in _first({EDUCATION: text}).access


def test_only_what_goes_to_the_trash_can_be_restored(education: Model) -> None:
    kinds = {o.kind.value for o in _entity(education, "Enrollment").operations}
    assert "delete" in kinds
    assert "restore" not in kinds


def test_a_child_lies_under_its_parent_and_takes_its_rules(education: Model) -> None:
    lesson, parent = _entity(education, "Lesson"), _entity(education, "Course")
    assert lesson.parent == parent.key
    assert lesson.key.item_path == "/education/courses/{course_id}/lessons/{lesson_id}"
    assert lesson.operations[2].path_parameters == ("course_id", "lesson_id")
    assert lesson.access == parent.access
    assert lesson.soft_delete == parent.soft_delete == SoftDelete(30 * 86400)


def test_rules_and_trash_come_down_from_any_ancestor() -> None:
    def child(name: str, parent: str) -> str:
        return (
            f"  {name}:\n    parent: {parent}\n    fields: {{text: {{type: text}}}}\n"
            f"    access: {{inherit: {parent}}}\n"
        )

    top = (
        "  Course:\n    fields: {title: {type: string}}\n    delete: {soft: true, retain: 48h}\n"
        "    access: {read: [member], delete: [admin]}\n"
    )
    files = vertical(child("Remark", "Lesson") + child("Lesson", "Course") + top)
    remark = _first(files)
    assert [name.raw for name in remark.key.parents] == ["Course", "Lesson"]
    assert remark.access == {
        Action.READ: AccessRule(("member",)),
        Action.DELETE: AccessRule(("admin",)),
    }
    assert remark.soft_delete == SoftDelete(48 * 3600)


def test_dependents_are_the_inverse_of_parents_and_references(education: Model) -> None:
    found = [
        (d.entity.name.raw, d.field and d.field.raw, d.on_delete, d.index and d.index.raw)
        for d in _entity(education, "Course").dependents
    ]
    assert found == [
        ("Lesson", None, OnDelete.CASCADE, None),
        ("Enrollment", "course", OnDelete.CASCADE, "by_course"),
    ]
    (restrict,) = _entity(education, "Instructor").dependents
    assert (restrict.on_delete, restrict.index) == (OnDelete.RESTRICT, None)


def test_references_are_resolved(education: Model) -> None:
    (reference,) = _entity(education, "Enrollment").references
    assert reference.target == _entity(education, "Course").key
    assert reference.on_delete is OnDelete.CASCADE


def test_indexes_take_slots_in_their_order(education: Model) -> None:
    course_ = _entity(education, "Course")
    assert [(i.name.raw, i.slot) for i in course_.indexes] == [
        ("by_level", 1),
        ("by_instructor", 2),
        ("by_start", 3),
    ]
    assert education.verticals[0].index_slots == 3


def test_an_index_may_match_the_creator_and_order_by_stamps(education: Model) -> None:
    mine = _entity(education, "Enrollment").indexes[2]
    assert mine.match[0].name.raw == "created_by"
    assert mine.match[0].always_present
    assert mine.sort is not None
    assert mine.sort.type.name == "datetime"


def test_bounds_have_the_defaults_of_their_type() -> None:
    fields = _first(
        course("a: {type: string}, b: {type: text}, c: {type: list, of: {type: slug}}")
    ).fields
    assert fields[0].constraints.max_length == 240
    assert fields[1].constraints.max_length == 10_000
    assert fields[2].constraints.max_items == 100
    assert fields[2].of is not None
    assert fields[2].of.constraints.max_length == 100


def test_bounds_of_numbers_are_exact() -> None:
    fields = _first(
        course(
            "a: {type: number, minimum: 0.10, maximum: 100.0}, "
            "b: {type: decimal, minimum: '-0.00', maximum: '10000000000000000000000000000.50'}, "
            "c: {type: integer, minimum: -5}"
        )
    ).fields
    assert (fields[0].constraints.minimum, fields[0].constraints.maximum) == ("0.1", "100")
    assert fields[1].constraints.minimum == "0"
    assert fields[1].constraints.maximum == "10000000000000000000000000000.5"
    assert fields[2].constraints.minimum == -5
    assert fields[2].constraints.maximum == 2**53 - 1


def test_equal_declarations_do_not_share_bounds_of_other_types() -> None:
    fields = _first(
        course(
            "a: {type: string, max_length: 50}, b: {type: text, max_length: 50}, "
            "c: {type: decimal}, d: {type: decimal, scale: 0}"
        )
    ).fields
    assert fields[0].constraints == fields[1].constraints
    assert (fields[2].constraints.scale, fields[3].constraints.scale) == (2, 0)


def test_a_field_with_a_default_is_always_present() -> None:
    fields = _first(course("a: {type: boolean, default: false}, b: {type: boolean}")).fields
    assert (fields[0].always_present, fields[0].default) == (True, False)
    assert not fields[1].always_present


def test_members_and_elements_are_lowered_too(education: Model) -> None:
    attachments = {f.name.raw: f for f in _entity(education, "Lesson").fields}["attachments"]
    assert attachments.of is not None
    assert [(m.name.raw, m.required) for m in attachments.of.fields] == [
        ("label", True),
        ("url", True),
    ]


def test_spans_point_at_names(education: Model) -> None:
    lines = (ROOT / EDUCATION).read_text("utf-8").splitlines()
    for entity in education.verticals[0].entities:
        named = [(entity.name, entity.span)]
        named += [(field.name, field.span) for field in entity.fields]
        named += [(index.name, index.span) for index in entity.indexes]
        for name, span in named:
            line = lines[span.line - 1]
            assert line[span.column - 1 : span.end_column - 1] == name.raw


def test_an_environment_has_safe_defaults() -> None:
    (dev,) = compiled({}).environments
    assert (dev.functions.memory_mb, dev.functions.timeout_seconds) == (256, 15)
    assert dev.functions.reserved_concurrency is None
    assert (dev.throttle.rate, dev.throttle.burst) == (100, 200)
    assert dev.log_retention_days == 365
    assert not dev.deletion_protection
    assert dev.alarm_topic_arn is None


@pytest.mark.parametrize(("given", "kept"), [("none", None), ("1", 1), ("1000", 1000)])
def test_concurrency_is_reserved_only_where_a_number_says_so(given: str, kept: int | None) -> None:
    origins = "cors_origins: [https://dev.example.com]"
    assert origins in PRODUCT
    spec = product(origins, f"{origins}, lambda: {{reserved_concurrency: {given}}}")
    (dev,) = compiled(spec).environments
    assert dev.functions.reserved_concurrency == kept


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("0", "must be at least 1, not 0"),
        ("-1", "must be at least 1, not -1"),
        ("1001", "must be at most 1,000, not 1001"),
        ("some", "does not have the right form"),
        ('"20"', "does not have the right form"),
        ('"off"', "does not have the right form"),
        ("null", "has no value"),
        ("false", "must be a whole number or text, not true or false"),
        ("true", "must be a whole number or text, not true or false"),
        ("2.5", "must be a whole number or text, not a number with a fraction"),
        ("[1]", "must be a whole number or text, not a list"),
    ],
)
def test_another_reservation_is_refused_with_what_is_legal(given: str, told: str) -> None:
    origins = "cors_origins: [https://dev.example.com]"
    spec = product(origins, f"{origins}, lambda: {{reserved_concurrency: {given}}}")
    with pytest.raises(SpecError) as refused:
        compiled(spec)
    (problem,) = refused.value.diagnostics
    assert told in problem.message
    assert problem.help.startswith("write a number from 1 to 1,000, or `none`")


def test_an_environment_keeps_what_it_says(education: Model) -> None:
    assert [environment.name for environment in education.environments] == [
        "dev",
        "staging",
        "prod",
    ]
    prod = education.environments[2]
    assert prod.deletion_protection
    assert (prod.functions.memory_mb, prod.functions.timeout_seconds) == (512, 15)
    assert prod.alarm_topic_arn == "arn:aws:sns:us-east-1:123456789012:ops"


def test_what_core_gives_is_complete() -> None:
    state = "core_state: {backend: local, path: a}"
    separate = f"mode: separate, {state}, core_outputs: {{vpc_id: main_vpc}}"
    outputs = compiled(product("mode: extended", separate)).integration.core_outputs
    assert dict(outputs) == CORE_OUTPUTS | {"vpc_id": "main_vpc"}
    assert list(dict(outputs)) == list(CORE_OUTPUTS)
    extended = "mode: extended, core_resources: {vpc: aws_vpc.a}"
    resources = compiled(product("mode: extended", extended)).integration.core_resources
    assert dict(resources) == CORE_RESOURCES | {"vpc": "aws_vpc.a"}


def test_what_the_doctor_reads_in_both_modes_is_legal_in_both() -> None:
    keys = "core_state: {backend: s3, bucket: tf, key: core, region: eu-west-1}, "
    keys += "core_outputs: {environment: stage}"
    assert compiled(product("mode: extended", f"mode: extended, {keys}")).integration


def test_where_core_state_lies_is_kept() -> None:
    state = "core_state: {backend: s3, bucket: tf, key: core, region: eu-west-1}"
    files = product("mode: extended", f"mode: separate, {state}")
    found = compiled(files).integration.core_state
    assert found.backend == "s3"
    assert dict(found.settings) == {"bucket": "tf", "key": "core", "region": "eu-west-1"}


def test_verticals_are_sorted_and_may_share_names_of_entities() -> None:
    other = COURSE.replace("education", "arts")
    model = compiled({EDUCATION: COURSE, "spec/verticals/arts.yaml": other})
    assert [vertical_.name.raw for vertical_ in model.verticals] == ["arts", "education"]
    paths = [v.entities[0].key.collection_path for v in model.verticals]
    assert paths == ["/arts/courses", "/education/courses"]


def test_a_raised_quota_lets_an_api_grow() -> None:
    reserved = ", ".join(f"core{number}" for number in range(299))
    more = f"mode: extended, resource_quota: 302, reserved_paths: [{reserved}]"
    assert compiled(product("mode: extended, reserved_paths: [files]", more))


def test_the_order_of_files_does_not_matter() -> None:
    other = COURSE.replace("education", "arts")
    found = documents({EDUCATION: COURSE, "spec/verticals/arts.yaml": other})
    assert lower(found) == lower(reversed(found))


def test_errors_bring_the_warnings_along() -> None:
    text = PRODUCT.replace("us-east-1", "us-esat-1").replace("custom:organization_id", "email")
    with pytest.raises(SpecError) as caught:
        analyse(documents({"spec/nexus.yaml": text}))
    assert [problem.code for problem in caught.value.diagnostics] == ["NX314", "NX323"]


def test_warnings_alone_do_not_stop_the_build() -> None:
    model, warnings = analyse(documents(product("us-east-1", "us-esat-1")))
    assert model.product.region == "us-esat-1"
    assert [warning.code for warning in warnings] == ["NX314"]
