// What the page is made of: elements whose text is only ever text, and words in two languages.
"use strict";

const Parts = {
  lang: "zh",
  words: {},

  // The words at a key in the language of the page; places like {n} are filled.
  say(key, values = {}) {
    const both = Parts.words[key];
    if (!both) return key.split(".").pop().replaceAll("_", " ");
    const text = both[Parts.lang === "zh" ? 0 : 1];
    return text.replace(/\{(\w+)\}/g, (place, name) => (name in values ? String(values[name]) : place));
  },

  page(key, values) {
    return Parts.say(`service.page.${key}`, values);
  },

  // A text of the service in the language of the page, in the other where this one is empty.
  text(both) {
    if (!both) return "";
    return Parts.lang === "zh" ? both.zh || both.en : both.en || both.zh;
  },

  // Text in an element that says so when it is in the other language.
  said(both) {
    const other = Parts.lang === "zh" ? "en" : "zh-CN";
    const missing = both && !both[Parts.lang];
    return missing ? Parts.make("span", { lang: other }, Parts.text(both)) : Parts.text(both);
  },

  make(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value === null || value === undefined || value === false) continue;
      made.setAttribute(name, value === true ? "" : String(value));
    }
    made.append(...children.flat().filter((each) => each !== null && each !== undefined && each !== ""));
    return made;
  },

  list(items, attributes = {}) {
    return Parts.make("ul", { class: "plain", ...attributes }, items.map((each) => Parts.make("li", {}, each)));
  },

  // A list of names with what is said of them; what nobody said is left out.
  facts(rows) {
    const shown = rows.filter(([, value]) => value && (!Array.isArray(value) || value.length));
    return Parts.make(
      "dl",
      { class: "facts" },
      shown.map(([name, value]) =>
        Parts.make("div", {}, Parts.make("dt", {}, name), Parts.make("dd", {}, Array.isArray(value) ? Parts.list(value) : value)),
      ),
    );
  },

  section(title, ...children) {
    const inside = children.flat().filter(Boolean);
    if (!inside.length) return null;
    return Parts.make("section", {}, Parts.make("h2", {}, title), inside);
  },

  fold(title, ...children) {
    return Parts.make("details", {}, Parts.make("summary", {}, title), children);
  },

  day(value) {
    return value ? Parts.make("time", { datetime: value }, value) : "";
  },
};
