"""What the shipped letters say, kind by kind: plain words with the places that are filled."""

from __future__ import annotations

from collections.abc import Mapping

# (heading, words): a heading stands before its words in the same paragraph; a heading alone is a section.
Paragraph = tuple[str, str]
_CONTACT: Paragraph = ("", "联系人：{{ contact_person }}，联系电话：{{ contact_phone }}。")
_LISTED = (
    "你（单位）（{{ identifier }}）于{{ determined_on }}经{{ listing_doc_no }}认定，"
    "列入“{{ list_title }}”（{{ level }}）"
)

TITLES: Mapping[str, str] = {
    "rectification-order": "限期整改通知书",
    "reminder-interview": "提示性约谈通知书",
    "warning-interview": "警示性约谈通知书",
    "prior-notice": "拟列入失信名单事先告知书",
    "decision-notice": "列入失信名单决定告知书",
    "repair-confirmation": "信用修复确认书",
    "push-notice": "关于推送联合惩戒措施的函",
}


def _interview(kind: str) -> list[Paragraph]:
    return [
        (
            "",
            _LISTED + "，在规定的整改期限（至{{ rectify_by }}）内整改不到位。依据{{ basis }}，"
            f"决定对你（单位）主要负责人进行一次{kind}性约谈。现通知如下：",
        ),
        ("一、被约谈人", "{{ person_in_charge }}。"),
        ("二、约谈时间", "{{ interview_time }}。"),
        ("三、约谈地点", "{{ interview_place }}。"),
        ("四、约谈内容", "按照省级行业主管部门制定的约谈提纲进行。"),
        (
            "五、不到场的后果",
            "约谈记录，包括拒绝约谈或者不配合约谈的情形，将记入信用记录，"
            "并纳入国家、省、市信用信息共享平台。",
        ),
        _CONTACT,
    ]


BODIES: Mapping[str, list[Paragraph]] = {
    "rectification-order": [
        ("", _LISTED + "。依据{{ basis }}，现责令限期整改，有关事项通知如下："),
        ("一、整改要求", "{{ requirements }}。"),
        ("二、整改期限", "请于{{ rectify_by }}前（含当日）整改到位。"),
        ("三、整改确认", "整改到位后，可以向我单位提请确认。"),
        (
            "四、逾期后果",
            "在规定期限内整改不到位的，我单位将启动"
            "{% if level == '黑名单' %}警示性{% else %}提示性{% endif %}约谈程序，"
            "约谈记录记入信用记录。",
        ),
        ("五、救济途径", "{{ remedy }}。"),
        _CONTACT,
    ],
    "reminder-interview": _interview("提示"),
    "warning-interview": _interview("警示"),
    "prior-notice": [
        (
            "",
            "经查，你（单位）（{{ identifier }}）的行为符合列入“{{ list_title }}”（{{ level }}）的情形，"
            "我单位拟作出列入决定。现事先告知如下：",
        ),
        ("一、事实和理由", "{{ facts_found }}。"),
        ("二、依据", "{{ list_basis }}。"),
        ("三、列入后如何移出", "{{ removal_conditions }}。"),
        ("四、陈述和申辩", "你（单位）可以于{{ statement_by }}前（含当日）向我单位提出陈述和申辩。"),
        ("五、救济途径", "{{ remedy }}。"),
        _CONTACT,
    ],
    "decision-notice": [
        (
            "",
            "我单位已于{{ determined_on }}以{{ listing_doc_no }}作出认定，将{{ subject_name }}"
            "（{{ identifier }}）列入“{{ list_title }}”（{{ level }}）。现告知如下：",
        ),
        ("一、事实和理由", "{{ facts_found }}。"),
        ("", "失信行为发生于{{ conduct }}。"),
        ("二、依据", "{{ list_basis }}。"),
        ("三、期限", "自{{ effective }}起生效，{{ period }}。"),
        (
            "四、后果",
            "{% if measures %}有关单位依据各自职权对你（单位）（{{ reached_as }}）采取的措施"
            "共{{ measure_count }}项，"
            "见附件。{% else %}截至本件作出之日，没有对你（单位）（{{ reached_as }}）采取的"
            "联合惩戒措施。{% endif %}",
        ),
        ("五、移出条件", "{{ removal_conditions }}。"),
        ("六、救济途径", "{{ remedy }}。"),
        _CONTACT,
    ],
    "repair-confirmation": [
        (
            "",
            "你（单位）（{{ identifier }}）因{{ listing_doc_no }}被列入“{{ list_title }}”（{{ level }}），"
            "于{{ repair_applied_on }}申请信用修复。经审核，已于{{ repair_decided_on }}准予修复。"
            "现确认如下：",
        ),
        ("一、终止的事项", "自准予修复之日起，下列事项终止：{{ repair_ends }}。"),
        ("二、依据", "{{ repair_basis }}。"),
        _CONTACT,
    ],
    "push-notice": [
        (
            "",
            "{{ subject_name }}（{{ identifier }}）于{{ determined_on }}经{{ authority }}"
            "{{ listing_doc_no }}认定，列入“{{ list_title }}”（{{ level }}），自{{ effective }}起生效，"
            "{{ period }}。依据{{ basis }}，现将涉及你单位的联合惩戒措施共{{ measure_count }}项推送给你单位，"
            "见附件。",
        ),
        ("一、实施", "请按照附件所列依据和裁量实施，并于{{ feedback_by }}前（含当日）反馈实施情况。"),
        ("二、终止", "出现下列情形之一的，停止实施：{{ removal_conditions }}。"),
        ("三、异议", "惩戒对象对列入有异议的，告知其下列救济途径：{{ remedy }}。"),
        _CONTACT,
    ],
}

# (head, field, width in millimetres) of the list that is attached.
_COMMON = [("措施", "what", 32), ("裁量", "discretion", 15), ("期限", "period", 26), ("依据", "basis", 47)]
ATTACHED: Mapping[str, list[tuple[str, str, int]]] = {
    "decision-notice": [("编号", "number", 12), ("实施单位", "unit", 24), *_COMMON],
    "push-notice": [("编号", "number", 12), ("对象", "target", 24), *_COMMON],
}
ATTACHMENT = "惩戒措施清单"
ISSUERS: Mapping[str, str] = {"push-notice": "office_name"}
