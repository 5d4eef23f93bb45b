"""a parameter that is not set · 未设定的参数.

What it finds:
    parameter `{about}` has no value; what counts with it has no deadline until an authority sets one

查出什么：
    参数 `{about}` 没有数值；有关单位设定以前，使用它的程序任务没有期限
Why it matters:
    no document states the number, and the library does not guess one
为何要紧：
    没有文件规定这一数字，本库也不猜测
Example:
    wrong:
        parameters:
          reply: {name: {zh: 答复期限, en: time to reply}, term: null}
        bodies:
          office: {zh: 虚构办公室, en: invented office}
        duties:
          - key: answer
            instrument: notice
            who: office
            does: {zh: 答复异议, en: answer the objection}
            force: shall
            triggers: [objection]
            term: {parameter: reply}
    right:
        parameters:
          reply: {name: {zh: 答复期限, en: time to reply}, term: {days: 5}, checked: verified}
        bodies:
          office: {zh: 虚构办公室, en: invented office}
        duties:
          - key: answer
            instrument: notice
            who: office
            does: {zh: 答复异议, en: answer the objection}
            force: shall
            triggers: [objection]
            term: {parameter: reply}
Instead:
    set it for your office (in an overlay, or when the procedure is asked for); leave it unset where nobody
    has decided
应当怎样：
    请由本单位设定（在叠加的目录中，或者查询程序时给出）；无人决定的，保持未设定
"""

from __future__ import annotations

from collections.abc import Iterator

from creditrules.errors import Finding
from creditrules.policy.checks.check import NOWHERE, Check, Scope
from creditrules.policy.checks.terms import used_parameters


def find(scope: Scope) -> Iterator[Finding]:
    """Yield a note for each parameter that is counted with and has no value."""
    procedure = scope.catalogue.procedure
    for key in sorted(used_parameters(procedure)):
        parameter = procedure.parameters[key]
        if parameter.term is None:
            yield Finding("CR325", parameter.span or NOWHERE, {"about": key}, "note")


CHECK = Check("CR325", "unset-parameter", "note", find)
