"""Model: words for people, in the two languages of the library."""

from __future__ import annotations

from attrs import frozen


@frozen(slots=False)
class Text:
    """A sentence or a name in Chinese and English; either may be empty when no source gives it."""

    zh: str = ""
    en: str = ""

    def __call__(self, lang: str = "zh") -> str:
        """Return the text in *lang* (`zh` or `en`), or in the other language when this one is empty."""
        return (self.zh or self.en) if lang == "zh" else (self.en or self.zh)

    def filled(self, **values: Text | str | int) -> Text:
        """Fill `{name}` places; a `Text` value gives each language its own words."""
        return Text(_fill(self.zh, values, "zh"), _fill(self.en, values, "en"))


def _fill(template: str, values: dict[str, Text | str | int], lang: str) -> str:
    for name, value in values.items():
        template = template.replace("{" + name + "}", value(lang) if isinstance(value, Text) else str(value))
    return template
