"""English plurals that the rules of `pluralize` miss.

`pluralize` decides the paths of an API, so what it gives for a word never changes; this only tells
where a spec should say `plural`.
"""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_IRREGULAR = dict(
    pair.split(":")
    for pair in _words(
        """
        alumna:alumnae alumnus:alumni antenna:antennae appendix:appendices automaton:automata
        bacterium:bacteria cactus:cacti calf:calves codex:codices corpus:corpora
        curriculum:curricula die:dice dwarf:dwarves echo:echoes elf:elves embargo:embargoes
        epoch:epochs erratum:errata eunuch:eunuchs foot:feet fungus:fungi goose:geese half:halves
        hero:heroes knife:knives larva:larvae leaf:leaves life:lives loaf:loaves locus:loci
        louse:lice matriarch:matriarchs matrix:matrices memorandum:memoranda millennium:millennia
        monarch:monarchs mosquito:mosquitoes mouse:mice nucleus:nuclei ovum:ova ox:oxen
        patriarch:patriarchs phenomenon:phenomena potato:potatoes quiz:quizzes radius:radii
        scarf:scarves self:selves sheaf:sheaves shelf:shelves stigma:stigmata stimulus:stimuli
        stomach:stomachs stratum:strata tech:techs thief:thieves tomato:tomatoes tooth:teeth
        torpedo:torpedoes vertebra:vertebrae vertex:vertices vortex:vortices veto:vetoes
        wharf:wharves wife:wives wolf:wolves
        """
    )
)
_UNCOUNTABLE = _words(
    """
    aircraft bison cattle chassis children deer feet fish furniture geese hardware information
    knowledge luggage men mice moose offspring people salmon sheep shrimp software spacecraft
    species swine teeth women
    """
)
"""Words that are their own plural, and irregular plurals."""
_SIS = re.compile(r"[sx]is$")
"""`diagnosis`, `thesis`, `basis`, `axis`."""
_PLURAL = re.compile(r"[^aius]s$")
"""`settings`, `courses`, `categories`, `videos`; not `class`, `status`, `alias`, `iris`."""
_SINGULAR = _words("asbestos chaos cosmos ethos kudos lens mews pathos summons yes")


def better_plural(word: str, given: str) -> str | None:
    """The plural of a lower-case word if it is not the one that `pluralize` gave, else None."""
    better = _plural(word)
    return better if better is not None and better != given else None


def _plural(word: str) -> str | None:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word in _UNCOUNTABLE or (_PLURAL.search(word) and word not in _SINGULAR):
        return word
    return word[:-2] + "es" if _SIS.search(word) else None
