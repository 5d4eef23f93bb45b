"""a parameter that nothing counts with · 没有任何期限使用的参数.

What it finds:
    parameter `{about}` is described, and no duty and no way out counts with it

查出什么：
    参数 `{about}` 已经写明，但没有程序任务或者修复途径使用
Why it matters:
    an office that sets it would believe that it changes a deadline
为何要紧：
    设定该参数的单位会以为期限随之改变
Example:
    wrong:
        parameters:
          reply: {name: {zh: 答复期限, en: time to reply}, term: {days: 5}, checked: verified}
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
    name it in the term it is meant for, or delete it
应当怎样：
    请在相应的期限中写明该参数，或者删去
"""

from __future__ import annotations

from collections.abc import Iterator

from creditrules.errors import Finding
from creditrules.policy.checks.check import NOWHERE, Check, Scope
from creditrules.policy.checks.terms import used_parameters


def find(scope: Scope) -> Iterator[Finding]:
    """Yield a finding for each parameter that no term names."""
    procedure = scope.catalogue.procedure
    used = used_parameters(procedure)
    for key, parameter in procedure.parameters.items():
        if key not in used:
            yield Finding("CR324", parameter.span or NOWHERE, {"about": key}, "warning")


CHECK = Check("CR324", "unused-parameter", "warning", find)
