"""Semantic rules, one a file: each looks at the whole subject and yields what it finds.

A rule never fails and never depends on another having passed: where a name does not resolve, the
rule of that name speaks, and the others leave it out. To add a rule, add a file, a line here and a
page of the catalog.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from nexus_gen.analysis.rules.adopted_tables import shared_adopted_tables
from nexus_gen.analysis.rules.api_resources import api_resources
from nexus_gen.analysis.rules.bounds import contradictory_bounds
from nexus_gen.analysis.rules.broken_patterns import broken_patterns
from nexus_gen.analysis.rules.child_deletion import child_deletion
from nexus_gen.analysis.rules.child_reactions import child_reactions
from nexus_gen.analysis.rules.child_targets import child_targets
from nexus_gen.analysis.rules.core_resources import core_resource_types
from nexus_gen.analysis.rules.core_state import missing_core_state
from nexus_gen.analysis.rules.defaults import refused_defaults
from nexus_gen.analysis.rules.detached_required import detached_required
from nexus_gen.analysis.rules.duplicate_indexes import duplicate_indexes
from nexus_gen.analysis.rules.duplicate_names import duplicate_names
from nexus_gen.analysis.rules.duplicate_verticals import duplicate_verticals
from nexus_gen.analysis.rules.empty_bounds import bounds_without_a_value
from nexus_gen.analysis.rules.environment_variables import environment_variables
from nexus_gen.analysis.rules.foreign_topics import foreign_topics
from nexus_gen.analysis.rules.generated_names import generated_names
from nexus_gen.analysis.rules.idle_defaults import idle_defaults
from nexus_gen.analysis.rules.idle_headers import idle_headers
from nexus_gen.analysis.rules.idle_indexes import idle_indexes
from nexus_gen.analysis.rules.idle_settings import idle_settings
from nexus_gen.analysis.rules.inherited_access import inherited_access
from nexus_gen.analysis.rules.item_sizes import item_sizes
from nexus_gen.analysis.rules.key_sizes import key_sizes
from nexus_gen.analysis.rules.key_types import key_types
from nexus_gen.analysis.rules.list_parameters import list_parameters
from nexus_gen.analysis.rules.malformed_origins import malformed_origins
from nexus_gen.analysis.rules.nested_references import nested_references
from nexus_gen.analysis.rules.nesting import deep_nesting
from nexus_gen.analysis.rules.no_vertical import no_vertical
from nexus_gen.analysis.rules.odd_plurals import odd_plurals
from nexus_gen.analysis.rules.owner_creates import owner_creates
from nexus_gen.analysis.rules.owner_reads import owner_reads
from nexus_gen.analysis.rules.parent_cycles import parent_cycles
from nexus_gen.analysis.rules.path_collisions import path_collisions
from nexus_gen.analysis.rules.regions import unknown_regions
from nexus_gen.analysis.rules.required_cycles import required_cycles
from nexus_gen.analysis.rules.reserved_paths import reserved_paths
from nexus_gen.analysis.rules.reserved_words import reserved_words
from nexus_gen.analysis.rules.resource_name_collisions import resource_name_collisions
from nexus_gen.analysis.rules.resource_name_lengths import resource_name_lengths
from nexus_gen.analysis.rules.retention import retention
from nexus_gen.analysis.rules.role_names import role_names
from nexus_gen.analysis.rules.shared_core_state import shared_core_state
from nexus_gen.analysis.rules.slow_patterns import slow_patterns
from nexus_gen.analysis.rules.sort_in_match import sort_in_match
from nexus_gen.analysis.rules.storage_prefixes import storage_prefixes
from nexus_gen.analysis.rules.system_fields import system_fields
from nexus_gen.analysis.rules.table_indexes import table_indexes
from nexus_gen.analysis.rules.tenancy_claim import tenancy_claim
from nexus_gen.analysis.rules.unindexed_reactions import unindexed_reaction
from nexus_gen.analysis.rules.unknown_key_fields import unknown_key_fields
from nexus_gen.analysis.rules.unknown_parents import unknown_parents
from nexus_gen.analysis.rules.unknown_roles import unknown_roles
from nexus_gen.analysis.rules.unknown_targets import unknown_targets
from nexus_gen.analysis.rules.unportable_patterns import unportable_patterns
from nexus_gen.analysis.rules.unreachable_entities import unreachable_entities
from nexus_gen.analysis.rules.vertical_files import vertical_files
from nexus_gen.analysis.rules.wildcard_origins import wildcard_origins
from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic

Rule = Callable[[Subject], Iterator[Diagnostic]]

RULES: tuple[Rule, ...] = (
    reserved_words,
    generated_names,
    system_fields,
    duplicate_names,
    duplicate_verticals,
    vertical_files,
    no_vertical,
    odd_plurals,
    unknown_parents,
    parent_cycles,
    unknown_targets,
    required_cycles,
    detached_required,
    unindexed_reaction,
    unknown_key_fields,
    key_types,
    key_sizes,
    duplicate_indexes,
    sort_in_match,
    idle_indexes,
    list_parameters,
    owner_creates,
    owner_reads,
    unknown_roles,
    role_names,
    inherited_access,
    refused_defaults,
    contradictory_bounds,
    bounds_without_a_value,
    broken_patterns,
    unportable_patterns,
    slow_patterns,
    deep_nesting,
    retention,
    child_deletion,
    idle_defaults,
    unreachable_entities,
    path_collisions,
    reserved_paths,
    resource_name_collisions,
    resource_name_lengths,
    api_resources,
    table_indexes,
    environment_variables,
    item_sizes,
    wildcard_origins,
    malformed_origins,
    unknown_regions,
    foreign_topics,
    idle_headers,
    idle_settings,
    missing_core_state,
    core_resource_types,
    tenancy_claim,
    shared_adopted_tables,
    shared_core_state,
    storage_prefixes,
    nested_references,
    child_targets,
    child_reactions,
)
"""Every rule, in the order of its codes."""
