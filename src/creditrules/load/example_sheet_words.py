"""Load: what the closed words of a format are called in the cells of a workbook, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

Words = Mapping[str, tuple[str, str]]

EXPECTED: Words = {
    "actions": ("作出", "taken"),
    "not": ("不作出", "not taken"),
    "untouched": ("不触及", "untouched"),
    "undetermined": ("未决", "open"),
    "why_not": ("为何不", "why not"),
}
OTHERS: Words = {
    "set_aside": ("不予适用", "set aside"),
    "records": ("记入信用档案", "recorded"),
    "no_records": ("不记入信用档案", "not recorded"),
    "status": ("列入状态", "status"),
}
PROCEDURE: Words = {
    "duties": ("有任务", "duty"),
    "no_duties": ("无任务", "no duty"),
    "ways_out": ("有途径", "way out"),
    "no_ways_out": ("无途径", "no way out"),
}
DISCRETION: Words = {
    "must": ("应当", "must"),
    "may": ("可以", "may"),
    "weigh": ("作为参考", "weigh"),
    "free": ("自主决定", "free"),
    "unstated": ("未载明", "unstated"),
}
WHAT: Words = {
    "fact": ("缺少事实", "fact"),
    "unit": ("单位不明", "unit"),
    "in_force": ("效力不明", "in force"),
    "effect": ("内容不明", "effect"),
    "end": ("终止不明", "end"),
    "contradiction": ("规则矛盾", "contradiction"),
}
FINDS: Words = {
    "directly_responsible": ("直接责任", "directly responsible"),
    "leadership_responsibility": ("领导责任", "leadership responsibility"),
    "responsible": ("负有责任", "responsible"),
    "not_responsible": ("不负责任", "not responsible"),
}
OUTCOME: Words = {
    "upheld": ("成立", "upheld"),
    "rejected": ("不成立", "rejected"),
    "granted": ("同意", "granted"),
    "refused": ("不同意", "refused"),
}
# What stands for yes, for no, and for nothing: an empty text, an empty list, a statement taken away.
YES: tuple[str, str] = ("是", "yes")
NO: tuple[str, str] = ("否", "no")
NOTHING: tuple[str, str] = ("（无）", "(none)")
RESERVED: Mapping[str, bool | None] = {
    **dict.fromkeys((*YES, "true"), True),
    **dict.fromkeys((*NO, "false"), False),
    **dict.fromkeys((*NOTHING, "(无)"), None),
}


def key_of(word: str, words: Words) -> str | None:
    """Return the key a word stands for, in either language or as the format writes it."""
    if word in words:
        return word
    return next((key for key, names in words.items() if word in names), None)


def name_of(key: str, words: Words, lang: str) -> str:
    """Return what a key is called in one language."""
    return words[key][lang != "zh"]
