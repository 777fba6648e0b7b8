"""A report as JUnit XML, in the form that CI servers agree on: a suite a check.

A check without findings is one test case; otherwise each finding is one, and failed unless it is a
warning.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree

from nexus_gen.diagnostics import Severity
from nexus_gen.verify.finding import CheckResult, Finding, Outcome, Report

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot carry (section 2.2)."""


def render(report: Report) -> str:
    """One `testsuites` element with an XML declaration and a line end."""
    root = ElementTree.Element("testsuites", name="nexus-gen check")
    for result in report.results:
        root.append(_suite(result))
    _count(root, list(root))
    root.set("time", f"{sum(result.seconds for result in report.results):.3f}")
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _suite(result: CheckResult) -> ElementTree.Element:
    suite = ElementTree.Element("testsuite", name=result.name)
    if not result.findings:
        case = _case(suite, result, result.name)
        if result.outcome is Outcome.SKIPPED:
            ElementTree.SubElement(case, "skipped", message=_xml(result.detail))
    for finding in result.findings:
        case = _case(suite, result, _name(finding))
        if finding.severity is Severity.ERROR:
            failure = ElementTree.SubElement(case, "failure", message=_xml(finding.title))
            failure.set("type", finding.code)
            failure.text = _xml(_text(finding))
    cases = suite.findall("testcase")
    suite.set("tests", str(len(cases)))
    for kind in ("failure", "skipped"):
        number = sum(case.find(kind) is not None for case in cases)
        suite.set("failures" if kind == "failure" else kind, str(number))
    suite.set("errors", "0")
    suite.set("time", f"{result.seconds:.3f}")
    return suite


def _case(suite: ElementTree.Element, result: CheckResult, name: str) -> ElementTree.Element:
    classname = f"nexus-gen.{result.name}"
    return ElementTree.SubElement(suite, "testcase", classname=classname, name=_xml(name))


def _name(finding: Finding) -> str:
    place = f"{finding.path}:{finding.line}" if finding.line else finding.path
    return " ".join(part for part in (place, finding.rule or finding.code) if part)


def _text(finding: Finding) -> str:
    lines = [f"{finding.path}:{finding.line}:{finding.column}"] if finding.path else []
    lines.append(finding.title)
    if finding.origin:
        lines.append(f"rendered from {finding.origin}")
    return "\n".join([*lines, finding.help] if finding.help else lines)


def _count(root: ElementTree.Element, suites: list[ElementTree.Element]) -> None:
    for attribute in ("tests", "failures", "skipped", "errors"):
        root.set(attribute, str(sum(int(suite.get(attribute, "0")) for suite in suites)))


def _xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
