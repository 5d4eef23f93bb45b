"""Policy: invented names and numbers that stand in for real ones, valid where they are checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Set

_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏"
_FIRMS = ("清禾", "云汀", "松岚", "映川", "知远", "安澜", "沐野", "听泉", "望舒", "归舟", "晴川", "远岫")


class Invented:
    """Hands out invented names and numbers, one after the other; none agrees with another, or a real one."""

    def __init__(self, real: Set[str] = frozenset()) -> None:
        self.real = real
        self._used: dict[str, int] = {}

    def _next(self, kind: str) -> int:
        self._used[kind] = self._used.get(kind, 0) + 1
        return self._used[kind]

    def person(self) -> tuple[str, str]:
        """Return the label and the name of a person."""
        made = self._person()
        while made[1] in self.real or made[0] in self.real:
            made = self._person()
        return made

    def _person(self) -> tuple[str, str]:
        n = self._next("person")
        surname = _SURNAMES[(n - 1) % len(_SURNAMES)]
        round_ = (n - 1) // len(_SURNAMES)
        return f"person{n}", f"{surname}虚构{'甲乙丙丁戊己庚辛壬癸'[round_ % 10] if round_ else ''}"

    def organisation(self) -> tuple[str, str]:
        """Return the label and the name of an organisation."""
        made = self._organisation()
        while made[1] in self.real or made[0] in self.real:
            made = self._organisation()
        return made

    def _organisation(self) -> tuple[str, str]:
        n = self._next("organisation")
        round_ = (n - 1) // len(_FIRMS)
        return f"firm{n}", f"{_FIRMS[(n - 1) % len(_FIRMS)]}虚构有限公司{round_ + 1 if round_ else ''}"

    def code(self, region: str) -> str:
        """Return a unified social credit code with a right check character."""
        from stdnum.cn import uscc

        body = f"91{region}MA0X{self._next('code'):05d}"
        return body + str(uscc.calc_check_digit(body + "0"))

    def id_number(self, region: str) -> str:
        """Return a citizen number with a right check character, of somebody born on 1900-01-01."""
        from stdnum.cn import ric

        body = f"{region}19000101{self._next('id_number'):03d}"
        return body + str(ric.calc_check_digit(body + "0"))

    def doc_no(self, year: str) -> str:
        """Return a document number of a year."""
        return f"虚文〔{year}〕{self._next('doc_no')}号"

    def body(self) -> str:
        """Return the name of an authority."""
        return f"虚构认定部门{self._next('body')}"

    def listing(self) -> str:
        """Return the label of a listing."""
        return f"L{self._next('listing')}"


def replaced(
    text: str, known: Mapping[str, str], others: Mapping[re.Pattern[str], Callable[[re.Match[str]], str]]
) -> str:
    """Return a text in which known words are replaced, and then other patterns in what is left between them.

    The longest known word comes first: a name may stand inside another.
    """
    words = sorted((word for word in known if len(word) > 1), key=len, reverse=True)
    pieces = re.split(f"({'|'.join(map(re.escape, words))})", text) if words else [text]
    return "".join(known[piece] if n % 2 else _rest(piece, others) for n, piece in enumerate(pieces))


def _rest(text: str, others: Mapping[re.Pattern[str], Callable[[re.Match[str]], str]]) -> str:
    for pattern, make in others.items():
        text = pattern.sub(make, text)
    return text
