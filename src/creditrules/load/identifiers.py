"""Load: the numbers that identify subjects, checked as the standards say, and hidden wherever they are shown.

Sources: GB 32100-2015 (统一社会信用代码), GB 11643-1999 (公民身份号码).
"""

from __future__ import annotations

import re

_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}", re.ASCII)
_ID_NUMBER = re.compile(r"[0-9]{17}[0-9X]", re.ASCII)
# Old numbers had 15 digits; a mistyped one may have more or fewer than 18 and must stay hidden all the same.
_LONG_NUMBER = re.compile(r"(?<![0-9A-Za-z])[0-9]{14,}[0-9Xx](?![0-9A-Za-z])", re.ASCII)


def code_fault(code: str) -> str | None:
    """Say what is wrong with a unified social credit code: `length`, `letters`, `check` or None.

    The first two places may hold letters (N for rural collectives, Y for others), which `stdnum` refuses;
    only its check digit is asked for here.
    """
    if len(code) != 18:
        return "length"
    if not _CODE.fullmatch(code):
        return "letters"
    from stdnum.cn import uscc  # only when there is a code to check

    return None if code[17] == uscc.calc_check_digit(code) else "check"


def id_number_fault(number: str) -> str | None:
    """Say what is wrong with a citizen number: `length`, `letters`, `birth`, `check` or None.

    The address code is not looked up: codes of abolished divisions stay valid for their holders.
    """
    if len(number) != 18:
        return "length"
    if not _ID_NUMBER.fullmatch(number):
        return "letters"
    from stdnum.cn import ric
    from stdnum.exceptions import ValidationError

    try:
        ric.get_birth_date(number)
    except ValidationError:
        return "birth"
    return None if number[17] == ric.calc_check_digit(number) else "check"


def compact(number: str) -> str:
    """Return a number without the spaces and hyphens it may be grouped with, in capital letters."""
    return number.replace(" ", "").replace("-", "").upper()


def looks_like_id_number(text: str) -> bool:
    """Say whether a text could be a citizen number, valid or not."""
    return _ID_NUMBER.fullmatch(compact(text)) is not None


def masked(text: str) -> str:
    """Return a text in which every number long enough to be a citizen number is hidden."""
    return _LONG_NUMBER.sub(lambda m: masked_number(m[0]), text)


def masked_number(number: str) -> str:
    """Hide the middle of a number: the first 6 and the last 4 places stay when others are hidden."""
    if len(number) < 14:
        return "*" * len(number)
    return number[:6] + "*" * (len(number) - 10) + number[-4:]
