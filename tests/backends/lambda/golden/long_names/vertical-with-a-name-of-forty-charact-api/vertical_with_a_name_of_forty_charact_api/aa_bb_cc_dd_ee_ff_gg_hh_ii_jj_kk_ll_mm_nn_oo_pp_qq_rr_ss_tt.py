"""Aa bb cc dd ee ff gg hh ii jj kk ll mm nn oo pp qq rr ss tts."""

from nexus_runtime import attributes, checks, sorting
from nexus_runtime.attributes import Item
from nexus_runtime.collection import Collection, Index
from nexus_runtime.http import Request, Response, created, found, no_content, page, route
from nexus_runtime.keys import Ancestors, Tenant, index_key, primary_key
from nexus_runtime.record import Record, stamps


class AaBbCcDdEeFfGgHhIiJjKkLlMmNnOoPpQqRrSsTt(Record):
    """An aa bb cc dd ee ff gg hh ii jj kk ll mm nn oo pp qq rr ss tt as the API serves it;
    `Record` holds id, version and stamps.
    """

    extraordinarily_longish_name_of_an_entity_here_id: str
    name: str | None


CHECKS = {
    "name": checks.string(max_length=240),
}


def encode(record: AaBbCcDdEeFfGgHhIiJjKkLlMmNnOoPpQqRrSsTt) -> Item:
    """The attributes that DynamoDB stores, keys and stamps aside."""
    return attributes.present(
        {
            "extraordinarily_longish_name_of_an_entity_here_id": attributes.string(
                record["extraordinarily_longish_name_of_an_entity_here_id"]
            ),
            "name": attributes.string(record["name"]),
        }
    )


def decode(item: Item) -> AaBbCcDdEeFfGgHhIiJjKkLlMmNnOoPpQqRrSsTt:
    """The aa bb cc dd ee ff gg hh ii jj kk ll mm nn oo pp qq rr ss tt that stored attributes
    describe.
    """
    return {
        **stamps(item),
        "extraordinarily_longish_name_of_an_entity_here_id": attributes.stored_string(
            item, "extraordinarily_longish_name_of_an_entity_here_id"
        ),
        "name": attributes.read_string(item, "name"),
    }


def keys(
    tenant: Tenant, record: AaBbCcDdEeFfGgHhIiJjKkLlMmNnOoPpQqRrSsTt, ancestors: Ancestors
) -> Item:
    """Where an aa bb cc dd ee ff gg hh ii jj kk ll mm nn oo pp qq rr ss tt lies in the table: its
    own key, and its entry in each index.
    """
    name = sorting.text(record["name"])
    return {
        **primary_key(
            tenant,
            "aa_bb_cc_dd_ee_ff_gg_hh_ii_jj_kk_ll_mm_nn_oo_pp_qq_rr_ss_tt",
            record["id"],
            ancestors,
        ),
        **index_key(
            "gsi1",
            tenant,
            "aa_bb_cc_dd_ee_ff_gg_hh_ii_jj_kk_ll_mm_nn_oo_pp_qq_rr_ss_tt#extraordinarily_longish_name_of_an_index",
            ancestors,
            name,
            record["id"],
        ),
    }


aa_bb_cc_dd_ee_ff_gg_hh_ii_jj_kk_ll_mm_nn_oo_pp_qq_rr_ss_tts: Collection[
    AaBbCcDdEeFfGgHhIiJjKkLlMmNnOoPpQqRrSsTt
] = Collection(
    entity="aa_bb_cc_dd_ee_ff_gg_hh_ii_jj_kk_ll_mm_nn_oo_pp_qq_rr_ss_tt",
    path="/vertical-with-a-name-of-forty-charact/extraordinarily-longish-name-of-an-entity-heres/{extraordinarily_longish_name_of_an_entity_here_id}/aa-bb-cc-dd-ee-ff-gg-hh-ii-jj-kk-ll-mm-nn-oo-pp-qq-rr-ss-tts",
    parent="extraordinarily_longish_name_of_an_entity_here",
    parent_id="extraordinarily_longish_name_of_an_entity_here_id",
    checks=CHECKS,
    encode=encode,
    decode=decode,
    keys=keys,
    indexes=(Index("extraordinarily_longish_name_of_an_index", "gsi1", sort="name"),),
    retain_seconds=2592000,
)


@route(
    "GET",
    "/vertical-with-a-name-of-forty-charact/extraordinarily-longish-name-of-an-entity-heres/{extraordinarily_longish_name_of_an_entity_here_id}/aa-bb-cc-dd-ee-ff-gg-hh-ii-jj-kk-ll-mm-nn-oo-pp-qq-rr-ss-tts",
    allow=("admin", "member"),
)
def list_aa_bb_cc_dd_ee_ff_gg_hh_ii_jj_kk_ll_mm_nn_oo_pp_qq_rr_ss_tts(request: Request) -> Response:
    """One page of aa bb cc dd ee ff gg hh ii jj kk ll mm nn oo pp qq rr ss tts, filtered and
    ordered as an index serves.
    """
    return page(request, aa_bb_cc_dd_ee_ff_gg_hh_ii_jj_kk_ll_mm_nn_oo_pp_qq_rr_ss_tts.list(request))


@route(
    "POST",
    "/vertical-with-a-name-of-forty-charact/extraordinarily-longish-name-of-an-entity-heres/{extraordinarily_longish_name_of_an_entity_here_id}/aa-bb-cc-dd-ee-ff-gg-hh-ii-jj-kk-ll-mm-nn-oo-pp-qq-rr-ss-tts",
    allow=("admin", "member"),
)
def create_aa_bb_cc_dd_ee_ff_gg_hh_ii_jj_kk_ll_mm_nn_oo_pp_qq_rr_ss_tt(
    request: Request,
) -> Response:
    """Create an aa bb cc dd ee ff gg hh ii jj kk ll mm nn oo pp qq rr ss tt in the caller's
    organization.
    """
    return created(
        request, aa_bb_cc_dd_ee_ff_gg_hh_ii_jj_kk_ll_mm_nn_oo_pp_qq_rr_ss_tts.create(request)
    )


@route(
    "GET",
    "/vertical-with-a-name-of-forty-charact/extraordinarily-longish-name-of-an-entity-heres/{extraordinarily_longish_name_of_an_entity_here_id}/aa-bb-cc-dd-ee-ff-gg-hh-ii-jj-kk-ll-mm-nn-oo-pp-qq-rr-ss-tts/{aa_bb_cc_dd_ee_ff_gg_hh_ii_jj_kk_ll_mm_nn_oo_pp_qq_rr_ss_tt_id}",
    allow=("admin", "member"),
)
def get_aa_bb_cc_dd_ee_ff_gg_hh_ii_jj_kk_ll_mm_nn_oo_pp_qq_rr_ss_tt(request: Request) -> Response:
    """One aa bb cc dd ee ff gg hh ii jj kk ll mm nn oo pp qq rr ss tt."""
    return found(request, aa_bb_cc_dd_ee_ff_gg_hh_ii_jj_kk_ll_mm_nn_oo_pp_qq_rr_ss_tts.get(request))


@route(
    "PATCH",
    "/vertical-with-a-name-of-forty-charact/extraordinarily-longish-name-of-an-entity-heres/{extraordinarily_longish_name_of_an_entity_here_id}/aa-bb-cc-dd-ee-ff-gg-hh-ii-jj-kk-ll-mm-nn-oo-pp-qq-rr-ss-tts/{aa_bb_cc_dd_ee_ff_gg_hh_ii_jj_kk_ll_mm_nn_oo_pp_qq_rr_ss_tt_id}",
    allow=("admin", "member"),
)
def update_aa_bb_cc_dd_ee_ff_gg_hh_ii_jj_kk_ll_mm_nn_oo_pp_qq_rr_ss_tt(
    request: Request,
) -> Response:
    """Change an aa bb cc dd ee ff gg hh ii jj kk ll mm nn oo pp qq rr ss tt by JSON Merge Patch."""
    return found(
        request, aa_bb_cc_dd_ee_ff_gg_hh_ii_jj_kk_ll_mm_nn_oo_pp_qq_rr_ss_tts.update(request)
    )


@route(
    "DELETE",
    "/vertical-with-a-name-of-forty-charact/extraordinarily-longish-name-of-an-entity-heres/{extraordinarily_longish_name_of_an_entity_here_id}/aa-bb-cc-dd-ee-ff-gg-hh-ii-jj-kk-ll-mm-nn-oo-pp-qq-rr-ss-tts/{aa_bb_cc_dd_ee_ff_gg_hh_ii_jj_kk_ll_mm_nn_oo_pp_qq_rr_ss_tt_id}",
    allow=("admin", "member"),
)
def delete_aa_bb_cc_dd_ee_ff_gg_hh_ii_jj_kk_ll_mm_nn_oo_pp_qq_rr_ss_tt(
    request: Request,
) -> Response:
    """Move an aa bb cc dd ee ff gg hh ii jj kk ll mm nn oo pp qq rr ss tt to the trash."""
    aa_bb_cc_dd_ee_ff_gg_hh_ii_jj_kk_ll_mm_nn_oo_pp_qq_rr_ss_tts.delete(request)
    return no_content()


@route(
    "POST",
    "/vertical-with-a-name-of-forty-charact/extraordinarily-longish-name-of-an-entity-heres/{extraordinarily_longish_name_of_an_entity_here_id}/aa-bb-cc-dd-ee-ff-gg-hh-ii-jj-kk-ll-mm-nn-oo-pp-qq-rr-ss-tts/{aa_bb_cc_dd_ee_ff_gg_hh_ii_jj_kk_ll_mm_nn_oo_pp_qq_rr_ss_tt_id}/restore",
    allow=("admin", "member"),
)
def restore_aa_bb_cc_dd_ee_ff_gg_hh_ii_jj_kk_ll_mm_nn_oo_pp_qq_rr_ss_tt(
    request: Request,
) -> Response:
    """Bring an aa bb cc dd ee ff gg hh ii jj kk ll mm nn oo pp qq rr ss tt back from the trash."""
    return found(
        request, aa_bb_cc_dd_ee_ff_gg_hh_ii_jj_kk_ll_mm_nn_oo_pp_qq_rr_ss_tts.restore(request)
    )
