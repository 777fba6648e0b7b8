"""Extraordinarily longish name of an entity heres: a description that goes on for so long that it
does not fit on a line of one hundred columns, however it is set, and that has a
https://example.org/word/that/is/itself/much/longer/than/a/line/of/code/may/be/and/goes/on in it.
"""

from functools import partial
from typing import Literal, TypedDict

from nexus_runtime import attributes, checks, sorting
from nexus_runtime.attributes import Attribute, Item
from nexus_runtime.collection import Collection, Index, Reference
from nexus_runtime.http import Request, Response, created, found, no_content, page, route
from nexus_runtime.keys import Ancestors, Tenant, index_key, primary_key
from nexus_runtime.record import Record, stamps


class ExtraordinarilyLongishNameOf(TypedDict):
    """An extraordinarily longish name of a field3 of an extraordinarily longish name of an entity
    here.
    """

    extraordinarily_longish_name_of_a_field1: list[str] | None


class ExtraordinarilyLongishNameOfAnEntityHere(Record):
    """An extraordinarily longish name of an entity here as the API serves it; `Record` holds id,
    version and stamps.
    """

    extraordinarily_longish_name_of_a_field1: str | None
    extraordinarily_longish_name_of_a_field2: (
        Literal["extraordinarily-long-value-number-one", "extraordinarily-long-value-number-two"]
        | None
    )
    extraordinarily_longish_name_of_a_field3: list[list[ExtraordinarilyLongishNameOf]] | None
    text: str | None
    pattern: str | None


CHECKS = {
    "extraordinarily_longish_name_of_a_field1": checks.reference(),
    "extraordinarily_longish_name_of_a_field2": checks.enum(
        "extraordinarily-long-value-number-one", "extraordinarily-long-value-number-two"
    ),
    "extraordinarily_longish_name_of_a_field3": checks.list_of(
        checks.list_of(
            checks.object_of(
                {
                    "extraordinarily_longish_name_of_a_field1": checks.list_of(
                        checks.decimal(minimum="0.000001", maximum="99999999999", scale=6),
                        max_items=100,
                    ),
                },
            ),
            max_items=100,
        ),
        max_items=100,
    ),
    "text": checks.text(max_length=10000),
    "pattern": checks.string(
        max_length=2000,
        pattern=(
            "^(alpha|beta|gamma|delta|epsilon|zeta|eta|theta|iota|kappa|lambda|mu|nu|xi|omicron|pi|"
            "rho|sigma|tau|upsilon|phi|chi|psi|omega)$"
        ),
    ),
}


def encode_extraordinarily_longish_name_of(
    extraordinarily_longish_name_of: ExtraordinarilyLongishNameOf | None,
) -> Attribute | None:
    """The attribute that stores the extraordinarily longish name of a field3."""
    return attributes.object(
        extraordinarily_longish_name_of,
        {
            "extraordinarily_longish_name_of_a_field1": partial(
                attributes.list_of, encode=attributes.number
            ),
        },
    )


def decode_extraordinarily_longish_name_of(attribute: Attribute) -> ExtraordinarilyLongishNameOf:
    """The extraordinarily longish name of a field3 that an attribute holds."""
    members = attributes.members(attribute)
    return {
        "extraordinarily_longish_name_of_a_field1": attributes.read_list(
            members,
            "extraordinarily_longish_name_of_a_field1",
            partial(attributes.as_decimal, scale=6),
        ),
    }


def encode(record: ExtraordinarilyLongishNameOfAnEntityHere) -> Item:
    """The attributes that DynamoDB stores, keys and stamps aside."""
    return attributes.present(
        {
            "extraordinarily_longish_name_of_a_field1": attributes.string(
                record["extraordinarily_longish_name_of_a_field1"]
            ),
            "extraordinarily_longish_name_of_a_field2": attributes.string(
                record["extraordinarily_longish_name_of_a_field2"]
            ),
            "extraordinarily_longish_name_of_a_field3": attributes.list_of(
                record["extraordinarily_longish_name_of_a_field3"],
                partial(attributes.list_of, encode=encode_extraordinarily_longish_name_of),
            ),
            "text": attributes.string(record["text"]),
            "pattern": attributes.string(record["pattern"]),
        }
    )


def decode(item: Item) -> ExtraordinarilyLongishNameOfAnEntityHere:
    """The extraordinarily longish name of an entity here that stored attributes describe."""
    return {
        **stamps(item),
        "extraordinarily_longish_name_of_a_field1": attributes.read_string(
            item, "extraordinarily_longish_name_of_a_field1"
        ),
        "extraordinarily_longish_name_of_a_field2": attributes.read_string(
            item,
            "extraordinarily_longish_name_of_a_field2",
            "extraordinarily-long-value-number-one",
        ),
        "extraordinarily_longish_name_of_a_field3": attributes.read_list(
            item,
            "extraordinarily_longish_name_of_a_field3",
            partial(attributes.as_list, decode=decode_extraordinarily_longish_name_of),
        ),
        "text": attributes.read_string(
            item,
            "text",
            (
                "The quick brown fox jumps over the lazy dog, and then it does so again, and "
                "again, until nobody looks anymore."
            ),
        ),
        "pattern": attributes.read_string(item, "pattern"),
    }


def keys(
    tenant: Tenant, record: ExtraordinarilyLongishNameOfAnEntityHere, ancestors: Ancestors
) -> Item:
    """Where an extraordinarily longish name of an entity here lies in the table: its own key, and
    its entry in each index.
    """
    created_at = sorting.text(record["created_at"])
    return {
        **primary_key(
            tenant, "extraordinarily_longish_name_of_an_entity_here", record["id"], ancestors
        ),
        **index_key(
            "gsi1",
            tenant,
            "extraordinarily_longish_name_of_an_entity_here#extraordinarily_longish_name_of_an_index",
            (
                record["extraordinarily_longish_name_of_a_field1"],
                record["extraordinarily_longish_name_of_a_field2"],
            ),
            created_at,
            record["id"],
        ),
    }


extraordinarily_longish_name_of_an_entity_heres: Collection[
    ExtraordinarilyLongishNameOfAnEntityHere
] = Collection(
    entity="extraordinarily_longish_name_of_an_entity_here",
    path="/vertical-with-a-name-of-forty-charact/extraordinarily-longish-name-of-an-entity-heres",
    checks=CHECKS,
    encode=encode,
    decode=decode,
    keys=keys,
    defaults={
        "extraordinarily_longish_name_of_a_field2": "extraordinarily-long-value-number-one",
        "text": (
            "The quick brown fox jumps over the lazy dog, and then it does so again, and again, "
            "until nobody looks anymore."
        ),
    },
    indexes=(
        Index(
            "extraordinarily_longish_name_of_an_index",
            "gsi1",
            match=(
                "extraordinarily_longish_name_of_a_field1",
                "extraordinarily_longish_name_of_a_field2",
            ),
            sort="created_at",
        ),
    ),
    references=(
        Reference(
            "extraordinarily_longish_name_of_a_field1",
            to="aa_bb_cc_dd_ee_ff_gg_hh_ii_jj_kk_ll_mm_nn_oo_pp_qq_rr_ss_tt",
            on_delete="cascade",
        ),
    ),
    retain_seconds=2592000,
)


@route(
    "GET",
    "/vertical-with-a-name-of-forty-charact/extraordinarily-longish-name-of-an-entity-heres",
    allow=("admin", "member"),
)
def list_extraordinarily_longish_name_of_an_entity_heres(request: Request) -> Response:
    """One page of extraordinarily longish name of an entity heres, filtered and ordered as an
    index serves.
    """
    return page(request, extraordinarily_longish_name_of_an_entity_heres.list(request))


@route(
    "POST",
    "/vertical-with-a-name-of-forty-charact/extraordinarily-longish-name-of-an-entity-heres",
    allow=("admin", "member"),
)
def create_extraordinarily_longish_name_of_an_entity_here(request: Request) -> Response:
    """Create an extraordinarily longish name of an entity here in the caller's organization."""
    return created(request, extraordinarily_longish_name_of_an_entity_heres.create(request))


@route(
    "GET",
    "/vertical-with-a-name-of-forty-charact/extraordinarily-longish-name-of-an-entity-heres/{extraordinarily_longish_name_of_an_entity_here_id}",
    allow=("admin", "member"),
)
def get_extraordinarily_longish_name_of_an_entity_here(request: Request) -> Response:
    """One extraordinarily longish name of an entity here."""
    return found(request, extraordinarily_longish_name_of_an_entity_heres.get(request))


@route(
    "PATCH",
    "/vertical-with-a-name-of-forty-charact/extraordinarily-longish-name-of-an-entity-heres/{extraordinarily_longish_name_of_an_entity_here_id}",
    allow=("admin", "member"),
)
def update_extraordinarily_longish_name_of_an_entity_here(request: Request) -> Response:
    """Change an extraordinarily longish name of an entity here by JSON Merge Patch."""
    return found(request, extraordinarily_longish_name_of_an_entity_heres.update(request))


@route(
    "DELETE",
    "/vertical-with-a-name-of-forty-charact/extraordinarily-longish-name-of-an-entity-heres/{extraordinarily_longish_name_of_an_entity_here_id}",
    allow=("admin", "member"),
)
def delete_extraordinarily_longish_name_of_an_entity_here(request: Request) -> Response:
    """Move an extraordinarily longish name of an entity here to the trash."""
    extraordinarily_longish_name_of_an_entity_heres.delete(request)
    return no_content()


@route(
    "POST",
    "/vertical-with-a-name-of-forty-charact/extraordinarily-longish-name-of-an-entity-heres/{extraordinarily_longish_name_of_an_entity_here_id}/restore",
    allow=("admin", "member"),
)
def restore_extraordinarily_longish_name_of_an_entity_here(request: Request) -> Response:
    """Bring an extraordinarily longish name of an entity here back from the trash."""
    return found(request, extraordinarily_longish_name_of_an_entity_heres.restore(request))
