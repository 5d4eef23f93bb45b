// The two answers as pages: of the gate to an approval, and to a subject about himself.
"use strict";

const Answers = (() => {
  const { make, page, text, said, facts, section, fold, say } = Parts;
  const SIGNS = { clear: "✓", weigh: "⚖", conditional: "◐", ask: "?", barred: "✕" };
  const TRUTHS = { true: "✓", false: "✕", unknown: "?" };

  const tag = (kind, words) => make("span", { class: `tag ${kind}` }, words);

  const period = (action) => {
    const end = action.until || (action.review ? page("until_review", { day: action.review }) : page("unlimited"));
    return `${action.since || ""} – ${end}`;
  };

  const measure = (one) => {
    const place = [one.doc_no || one.memorandum, one.number, one.heading].filter(Boolean).join(" · ");
    return one.title ? [make("cite", {}, said(one.title)), ` ${place}`] : place;
  };

  const tree = (reason) =>
    make(
      "li",
      {},
      make("span", { class: "mark", "aria-hidden": "true" }, TRUTHS[reason.truth] || "·"),
      said(reason.text),
      reason.children.length ? make("ul", {}, reason.children.map(tree)) : null,
    );

  const action = (one) =>
    make(
      "div",
      { class: "item" },
      make("h3", {}, one.means ? tag(one.means, say(`service.verdict.${one.means}`)) : null, said(one.sentence)),
      facts([
        [page("period"), period(one)],
        [page("measure"), one.measures.map(measure)],
        [page("basis"), one.bases.map((each) => make("span", { lang: "zh-CN" }, each.text))],
        [page("ends"), one.ends_by.map(said)],
        [page("remedy"), one.remedy.map(said)],
      ]),
      one.reasons ? fold(page("reasons"), make("ul", { class: "tree" }, tree(one.reasons))) : null,
    );

  const ask = (one) =>
    make(
      "div",
      { class: "item" },
      make("h3", {}, said(one.question)),
      make("p", { class: "small" }, page("asks_about"), one.about),
      one.answers.length
        ? Parts.list(one.answers.map((each) => [said(each.answer), ` — ${page("then")} `, said(each.then)]))
        : null,
    );

  const head = (title, doing) =>
    make(
      "header",
      {},
      make("h1", { tabindex: "-1" }, title),
      make("p", { class: "doing" }, doing.map(([id, words]) => make("button", { type: "button", class: "quiet", id }, words))),
    );

  const buttons = () => [
    ["print", page("print")],
    ["again", page("again")],
  ];

  const printed = () => make("p", { class: "printed small" }, `${page("printed")} ${new Date().toLocaleString(Parts.lang === "zh" ? "zh-CN" : "en-GB")}`);

  const receipt = (one) =>
    make(
      "section",
      { class: "receipt" },
      make("h2", {}, page("receipt")),
      facts([
        [page("receipt_number"), String(one.number)],
        [page("receipt_at"), one.at.replace("T", " ").replace(/\.\d+Z$/, " UTC")],
        [page("receipt_by"), one.by],
        [page("purpose"), one.purpose],
        [page("receipt_catalogue"), make("span", { class: "seal", translate: "no" }, one.catalogue)],
        [page("receipt_seal"), make("span", { class: "seal", translate: "no" }, one.seal)],
      ]),
      make("p", {}, page("receipt_about")),
    );

  const commitment = (one) => {
    const word = one.is_open === null ? "unknown" : one.is_open ? "open" : "closed";
    return [page(`commitment_${word}`), ...one.because.map(said)];
  };

  // The answer to an approval; *number* is what was asked for, which the service does not repeat.
  const checked = (data, number) => [
    head(page("answer"), buttons()),
    make(
      "p",
      { class: `verdict ${data.verdict}` },
      make("span", { class: "sign", "aria-hidden": "true" }, SIGNS[data.verdict]),
      make("strong", {}, text(data.verdict_name)),
      make("span", { class: "about" }, data.is_held ? "" : page("nothing_held")),
    ),
    facts([
      [page("applicant"), data.applicant.name],
      [page("asked_number"), make("span", { class: "number" }, number)],
      [page("matter"), said(data.matter.name)],
      [page("unit"), data.unit ? said(data.unit.name) : page("every_unit")],
      [page("on"), Parts.day(data.on)],
      [page("by_commitment"), commitment(data.by_commitment)],
    ]),
    section(page("asks"), data.asks.map(ask)),
    section(page("grounds"), data.grounds.map(action)),
    section(page("text"), make("p", { class: "letter" }, said(data.text))),
    data.noted.length ? make("section", {}, fold(page("noted"), data.noted.map(action))) : null,
    data.unseen.length
      ? make("section", {}, fold(page("unseen"), Parts.list(data.unseen.map((each) => [each.doc_no || each.memorandum, " ", said(each.text)]))))
      : null,
    receipt(data.receipt),
    printed(),
  ];

  const listing = (one) =>
    make(
      "div",
      { class: "item" },
      make("h3", {}, said(one.list.title)),
      facts([
        [page("through"), one.is_own ? "" : one.of],
        [page("authority"), one.authority],
        [page("document"), [one.doc_no, one.determined].filter(Boolean).join(" · ")],
        [page("status"), [text(one.status.name), one.status.since].filter(Boolean).join(" · ")],
        [page("period"), one.until || (one.review ? page("until_review", { day: one.review }) : "")],
        [page("basis"), one.bases.map((each) => make("span", { lang: "zh-CN" }, each))],
        [page("ends"), one.ends_by.map(said)],
        [page("remedy"), said(one.remedy)],
      ]),
    );

  const record = (one) => [
    said(one.text),
    ` ${one.basis}`,
    one.shared_with.length ? ` ${page("shared_with")}${one.shared_with.join("、")}` : "",
  ];

  const role = (one) => {
    const since = one.since || one.until ? `（${one.since || ""} – ${one.until || ""}）` : "";
    return [one.organisation, " · ", said(one.role.name), since];
  };

  const value = (one) => (typeof one === "boolean" ? page(one ? "yes" : "no") : String(one));

  const finding = (one) => [say(`service.finds.${one.finds}`), ` · ${[one.authority, one.doc_no, one.on].filter(Boolean).join(" ")}`];

  // What is held on a subject, for himself to read.
  const own = (data) => [
    head(page("own_answer"), buttons()),
    data.is_held ? null : make("p", { class: "verdict clear" }, make("strong", {}, page("own_none"))),
    data.subject
      ? facts([
          [page("subject"), data.subject.name],
          [page("held_number"), make("span", { class: "number" }, data.subject.number || "")],
          [page("on"), Parts.day(data.on)],
        ])
      : null,
    section(page("roles"), data.roles.length ? Parts.list(data.roles.map(role)) : null),
    section(page("facts"), data.facts.length ? Parts.facts(data.facts.map((each) => [said(each.question), value(each.value)])) : null),
    section(page("findings"), data.findings.length ? Parts.list(data.findings.map(finding)) : null),
    section(page("listings"), data.listings.map(listing)),
    section(page("actions"), data.actions.map(action)),
    section(page("open"), data.open.length ? Parts.list(data.open.map((each) => said(each.text))) : null),
    section(page("records"), data.records.length ? Parts.list(data.records.map(record)) : null),
    section(page("rights"), make("p", { class: "letter" }, said(data.rights))),
    make("p", { class: "small" }, `${page("receipt_number")} ${data.entry}`),
    printed(),
  ];

  return { checked, own };
})();
