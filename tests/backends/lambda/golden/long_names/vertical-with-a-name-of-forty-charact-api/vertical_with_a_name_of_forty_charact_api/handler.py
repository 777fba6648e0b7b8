"""The vertical with a name of forty charact API: its routing table, and the entry point of its
Lambda function.
"""

from nexus_runtime.app import App

from . import (
    aa_bb_cc_dd_ee_ff_gg_hh_ii_jj_kk_ll_mm_nn_oo_pp_qq_rr_ss_tt,
    extraordinarily_longish_name_of_an_entity_here,
)

app = App(
    vertical="vertical_with_a_name_of_forty_charact",
    tenant_claim="custom:organization_id",
    collections=(
        extraordinarily_longish_name_of_an_entity_here.extraordinarily_longish_name_of_an_entity_heres,
        aa_bb_cc_dd_ee_ff_gg_hh_ii_jj_kk_ll_mm_nn_oo_pp_qq_rr_ss_tt.aa_bb_cc_dd_ee_ff_gg_hh_ii_jj_kk_ll_mm_nn_oo_pp_qq_rr_ss_tts,
    ),
    routes=(
        extraordinarily_longish_name_of_an_entity_here.list_extraordinarily_longish_name_of_an_entity_heres,
        extraordinarily_longish_name_of_an_entity_here.create_extraordinarily_longish_name_of_an_entity_here,
        extraordinarily_longish_name_of_an_entity_here.get_extraordinarily_longish_name_of_an_entity_here,
        extraordinarily_longish_name_of_an_entity_here.update_extraordinarily_longish_name_of_an_entity_here,
        extraordinarily_longish_name_of_an_entity_here.delete_extraordinarily_longish_name_of_an_entity_here,
        extraordinarily_longish_name_of_an_entity_here.restore_extraordinarily_longish_name_of_an_entity_here,
        aa_bb_cc_dd_ee_ff_gg_hh_ii_jj_kk_ll_mm_nn_oo_pp_qq_rr_ss_tt.list_aa_bb_cc_dd_ee_ff_gg_hh_ii_jj_kk_ll_mm_nn_oo_pp_qq_rr_ss_tts,
        aa_bb_cc_dd_ee_ff_gg_hh_ii_jj_kk_ll_mm_nn_oo_pp_qq_rr_ss_tt.create_aa_bb_cc_dd_ee_ff_gg_hh_ii_jj_kk_ll_mm_nn_oo_pp_qq_rr_ss_tt,
        aa_bb_cc_dd_ee_ff_gg_hh_ii_jj_kk_ll_mm_nn_oo_pp_qq_rr_ss_tt.get_aa_bb_cc_dd_ee_ff_gg_hh_ii_jj_kk_ll_mm_nn_oo_pp_qq_rr_ss_tt,
        aa_bb_cc_dd_ee_ff_gg_hh_ii_jj_kk_ll_mm_nn_oo_pp_qq_rr_ss_tt.update_aa_bb_cc_dd_ee_ff_gg_hh_ii_jj_kk_ll_mm_nn_oo_pp_qq_rr_ss_tt,
        aa_bb_cc_dd_ee_ff_gg_hh_ii_jj_kk_ll_mm_nn_oo_pp_qq_rr_ss_tt.delete_aa_bb_cc_dd_ee_ff_gg_hh_ii_jj_kk_ll_mm_nn_oo_pp_qq_rr_ss_tt,
        aa_bb_cc_dd_ee_ff_gg_hh_ii_jj_kk_ll_mm_nn_oo_pp_qq_rr_ss_tt.restore_aa_bb_cc_dd_ee_ff_gg_hh_ii_jj_kk_ll_mm_nn_oo_pp_qq_rr_ss_tt,
    ),
)
handler = app.handle
