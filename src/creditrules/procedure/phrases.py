"""Procedure: the sentences it adds to what documents say."""

from __future__ import annotations

from creditrules.model.status import Status
from creditrules.model.text import Text

ENDED = {
    Status.REMOVED: Text("已移出名单，该任务随之终止", "the listing was removed, and the duty ended with it"),
    Status.REVOKED: Text(
        "认定已撤销，该任务随之终止", "the determination was revoked, and the duty ended with it"
    ),
    Status.REPAIRED: Text(
        "信用已修复，该任务随之终止", "the credit was repaired, and the duty ended with it"
    ),
    Status.EXPIRED: Text(
        "列入期限已届满，该任务随之终止", "the listing has expired, and the duty ended with it"
    ),
}
SUSPENDED = Text("异议核查或者停止执行期间暂缓", "suspended by an objection or a stay")
SET_ASIDE = Text(
    "重点关注名单不再公示或者推送（{regime}）", "watchlists are no longer published or pushed ({regime})"
)
LAPSED = Text("可为而未为，期限已过", "nobody was bound to do it, and the time for it has passed")
ORDERED = Text("文书载明的期限", "the day the order itself sets")
PUBLISHED_UNTIL = Text("公示时载明的期限", "the day stated when it was published")
FIRST_DAY = Text("最短公示期届满次日起可申请；{rule}", "open from the day after the shortest period; {rule}")
RECALLED = Text(
    "有 {n} 项程序规则仅凭记忆或者未见原文，未予适用",
    "{n} rules of procedure are known from memory only or were not seen, and do not act",
)
PROVISIONAL = Text(
    "{year} 年的放假安排尚未掌握，涉及该年的期限仅按周末推算，为暂定",
    "the holidays of {year} are not known; deadlines in it count weekends only and are provisional",
)
CALENDAR_ENDS = Text(
    "工作日历只到 {year} 年，请在用到以后年份之前更新 chinesecalendar",
    "the calendar of working days ends with {year}; update chinesecalendar before later years are reached",
)
MET_BY = Text("{on} {event}{doc}", "{event} on {on}{doc}")
UNDONE_BY = Text("{on} {event}，不再算数", "{event} on {on}: it no longer counts")
ACTION_ENDS = Text("{unit}的措施（{effect}）终止", "the action of {unit} ({effect}) ends")
MAY_APPLY = Text("自此可申请：{way}", "an application may be made: {way}")
ACCEPTANCE = Text("应决定是否受理：{way}", "acceptance is to be decided: {way}")
DECISION = Text("应作出决定：{way}", "the application is to be decided: {way}")
PUBLICITY_ENDS = Text("公示期届满：{way}", "publicity ends: {way}")
