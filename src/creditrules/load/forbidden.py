"""Load: what a dossier may not hold, whatever a catalogue declares.

Source: 征信业管理条例 第十四条 (religious belief, genes, fingerprints, blood type, illness and medical
history of a person are not collected). And no relative of anybody is ever a target.
"""

from __future__ import annotations

import re
from functools import lru_cache

# Words that also stand for other things (`medical`, `faith`, `health`) count only in company.
_CATEGORIES_EN = (
    "religion religions religious "
    "gene genes genetic genetics genome genomic genotype dna "
    "fingerprint fingerprints finger_print finger_prints "
    "blood_type blood_types blood_group blood_groups bloodtype bloodgroup "
    "illness illnesses disease diseases sickness diagnosis diagnoses "
    "medical_history medical_record medical_records health_history health_record health_records"
)
_CATEGORIES_ZH = ("宗教", "信仰", "基因", "遗传", "指纹", "血型", "疾病", "患病", "病史", "病历", "病症")
# Genetically modified food is a matter of food law and says nothing of a person.
_ALLOWED_ZH = re.compile("转基因")

_RELATIVES_EN = (
    "spouse wife husband child children son daughter parent parents father mother sibling siblings brother "
    "sister relative relatives family family_member family_members kin next_of_kin grandparent grandchild "
    "in_law in_laws"
)
_RELATIVES_ZH = (
    "配偶", "丈夫", "妻子", "子女", "儿子", "女儿", "孩子", "父母", "父亲", "母亲", "兄弟", "姐妹", "兄妹",
    "姐弟", "祖父", "祖母", "外祖", "孙子", "孙女", "亲属", "家属", "家庭成员", "亲戚",
)  # fmt: skip

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_BETWEEN = re.compile(r"[^a-z0-9]+")


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile("_(?:" + "|".join(sorted(words.split(), key=len, reverse=True)) + ")_")


_CATEGORY = _pattern(_CATEGORIES_EN)
_RELATIVE = _pattern(_RELATIVES_EN)


@lru_cache(maxsize=4096)
def is_forbidden_category(name: str) -> bool:
    """Say whether a key or the name of a fact stands for one of the categories nobody may collect."""
    chinese = _ALLOWED_ZH.sub("", name)
    return any(word in chinese for word in _CATEGORIES_ZH) or _CATEGORY.search(_words(name)) is not None


@lru_cache(maxsize=4096)
def is_relative(name: str) -> bool:
    """Say whether a key or a role names a relative."""
    return any(word in name for word in _RELATIVES_ZH) or _RELATIVE.search(_words(name)) is not None


def _words(name: str) -> str:
    """Return a name as `_word_word_`, so that `gene` is found in `has-gene` and not in `general`."""
    return "_" + _BETWEEN.sub("_", _CAMEL.sub("_", name).lower()) + "_"
