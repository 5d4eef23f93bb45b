"""Site: text as it stands on a page: escaped, and marked where it is in the other language."""

from __future__ import annotations

import re
from collections.abc import Iterable

from attrs import field, frozen
from markupsafe import Markup, escape

from creditrules.deliver.plain import mask
from creditrules.deliver.words import Words
from creditrules.model.words import Checked

# The language a screen reader and a font are told.
LANG_TAGS = {"zh": "zh-CN", "en": "en"}
_HAN = r"\u2e80-\u303f\u3041-\u9fff\uf900-\ufaff\uff00-\uffef"
# Chinese with what stands inside it: 发改财金〔2016〕2798号 is one run.
_CHINESE = re.compile(rf"[{_HAN}](?:[{_HAN}0-9A-Za-z.,;:()·—/\-“”‘’%]*[{_HAN}])?")
_HAS_CHINESE = re.compile(rf"[{_HAN}]")
_ENGLISH = re.compile(r"[A-Za-z]{2,}.*\s.*[A-Za-z]{2,}", re.DOTALL)
# Where a long Chinese title may be broken: before these, and after the marks and particles below.
_PHRASES = re.compile(
    "(?<=.)(?=关于|进一步|实施|开展|联合惩戒|联合激励|合作备忘录|指导意见|实施方案|当事人|建立|完善|构建|加强|规范"
    "|相关责任主体|有关人员|失信|严重|领域|生产经营|信用信息|修复|管理办法|若干规定|[（《“])|(?<=[对的、）》”，；：和])(?=.)"
)
_WHOLE = re.compile(r"（[^（）]{1,14}）")
_SIGNS = {Checked.VERIFIED: "✓", Checked.RECALLED: "◐", Checked.UNSEEN: "○"}


@frozen
class Ink:
    """Writes text for the pages of one language."""

    words: Words
    _kept: dict[str, Markup] = field(factory=dict, repr=False, eq=False)

    @property
    def lang(self) -> str:
        """The language of the pages."""
        return self.words.lang

    def text(self, text: object) -> Markup:
        """Return a text escaped, its parts in the other language marked as such."""
        if isinstance(text, Markup):
            return text
        said = str(text)
        found = self._kept.get(said)
        if found is None:
            found = self._kept[said] = self._marked(mask(said))
        return found

    def _marked(self, said: str) -> Markup:
        if self.lang == "en":
            return Markup(_CHINESE.sub(r'<span lang="zh-CN">\g<0></span>', str(escape(said))))
        if _ENGLISH.search(said) and not _HAS_CHINESE.search(said):
            return Markup('<span lang="en">{}</span>').format(said)
        return escape(said)

    def title(self, text: str) -> Markup:
        """Return a heading; a Chinese one says where a line may end, so that no word is torn apart."""
        if not _HAS_CHINESE.search(text):
            return self.text(text)
        marked = (
            Markup(_WHOLE.sub(r'<span class="nowrap">\g<0></span>', str(escape(p))))
            for p in _PHRASES.split(mask(text))
        )
        pieces = Markup("<wbr>").join(marked)
        return Markup('<span lang="zh-CN">{}</span>').format(pieces) if self.lang == "en" else pieces

    def said(self, key: str, **values: object) -> Markup:
        """Return words of the interface."""
        return self.text(self.words(key, **values))

    def filled(self, key: str, **values: Markup) -> Markup:
        """Return words of the interface with what is already written put into their places."""
        pieces = re.split(r"\{(\w+)\}", self.words(key))
        parts = (values[p] if n % 2 else self.text(p) for n, p in enumerate(pieces))
        return Markup("").join(parts)

    def link(self, href: str, text: object) -> Markup:
        """Return a link; *href* is a place of the site."""
        return Markup('<a href="{}">{}</a>').format(href, self.text(text))

    def outside(self, url: str) -> Markup:
        """Return the address of a source, as a link when it is one a browser may follow."""
        if not re.match(r"https?://[^\s]+$", url):
            return self.text(url)
        # Where the reader goes by a link of the catalogue is nobody else's business.
        return Markup('<a class="outside" rel="noreferrer external" href="{}">{}</a>').format(url, url)

    def joined(self, parts: Iterable[object], key: str = "list") -> Markup:
        """Join parts as the language lists things."""
        return escape(self.words(f"mark.{key}")).join(self.text(part) for part in parts)

    def bracketed(self, inside: object) -> Markup:
        """Put brackets around something, unless it is nothing."""
        if not inside:
            return Markup("")
        before, _, after = self.words("show.in_brackets").partition("{text}")
        return Markup("{}{}{}").format(before, self.text(inside), after)

    def code(self, text: str) -> Markup:
        """Return a key as keys are shown."""
        return Markup('<code translate="no">{}</code>').format(text)

    def badge(self, checked: Checked) -> Markup:
        """Return how far something was checked; colour never says it alone."""
        return Markup('<span class="badge {}"><span aria-hidden="true">{}</span> {}</span>').format(
            checked.value, _SIGNS[checked], self.said(f"checked.{checked.value}")
        )

    def doubt(self, checked: Checked) -> Markup:
        """Return the badge of what was not verified, and nothing for what was."""
        return Markup("") if checked is Checked.VERIFIED else Markup(" ") + self.badge(checked)

    def lines(self, items: Iterable[object], *, kind: str = "") -> Markup:
        """Return a list of one line each; nothing when there are none."""
        rows = Markup("").join(Markup("<li>{}</li>").format(self.text(item)) for item in items)
        return Markup("<ul{}>{}</ul>").format(_class(kind), rows) if rows else Markup("")


def _class(kind: str) -> Markup:
    return Markup(' class="{}"').format(kind) if kind else Markup("")
