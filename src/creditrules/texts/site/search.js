// The search: an index made with the pages, read when it is first needed. Chinese is found by pairs of
// characters, other words by their beginning; all words of a question must occur.
(() => {
  "use strict";

  const find = document.querySelector(".find");
  const box = document.getElementById("q");
  const hits = document.getElementById("hits");
  const told = document.getElementById("told");
  const page = document.getElementById("found");
  const english = document.body.dataset.lang === "en";
  const SHOWN = 10;
  find.hidden = false;
  if (matchMedia("(max-width: 40rem)").matches) box.placeholder = box.dataset.short;

  // --- the index ---

  let reading = null;
  const index = () => {
    reading ||= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = find.dataset.index;
      script.onload = () => resolve(prepared(self.creditrulesIndex));
      script.onerror = () => {
        reading = null;
        reject(new Error("index"));
      };
      document.head.append(script);
    });
    return reading;
  };

  const prepared = (data) => ({
    ...data,
    words: Object.keys(data.tokens).filter((token) => /^[a-z0-9]/.test(token)),
    chinese: Object.keys(data.tokens).filter((token) => !/^[a-z0-9]/.test(token)),
    plain: data.places.map((place) => plain(place.slice(2).join(" "))),
  });

  const plain = (text) => text.normalize("NFKC").toLowerCase();

  const numbers = (packed) => {
    let at = 0;
    return packed.split(" ").map((step) => (at += parseInt(step, 36)));
  };

  const union = (data, tokens) => {
    const found = new Set();
    for (const token of tokens) for (const number of numbers(data.tokens[token])) found.add(number);
    return found;
  };

  // What a question asks for: pairs of characters, a lone character, and beginnings of words.
  const asked = (question) => {
    const said = plain(question);
    const wanted = [];
    for (const run of said.match(/[\u3400-\u9fff\uf900-\ufaff]+/g) || []) {
      if (run.length === 1) wanted.push({ one: run });
      for (let n = 0; n + 1 < run.length; n++) wanted.push({ pair: run.slice(n, n + 2) });
    }
    for (const word of said.match(/[a-z0-9]+/g) || []) wanted.push({ word });
    return wanted;
  };

  const holding = (data, part) => {
    if (part.pair) return new Set(part.pair in data.tokens ? numbers(data.tokens[part.pair]) : []);
    if (part.one) return union(data, data.chinese.filter((token) => token.includes(part.one)));
    return union(data, data.words.filter((token) => token.startsWith(part.word)));
  };

  const search = (data, question) => {
    const parts = asked(question);
    if (!parts.length) return [];
    const sets = parts.map((part) => holding(data, part)).sort((a, b) => a.size - b.size);
    const all = [...sets[0]].filter((number) => sets.every((set) => set.has(number)));
    const runs = plain(question).match(/[\u3400-\u9fff\uf900-\ufaff]+|[a-z0-9]+/g);
    const rank = (number) => {
      const [, kind, zh, en] = data.places[number];
      const names = [plain(zh), plain(en)];
      const whole = runs.join(" ");
      if (names.some((name) => name === whole || name === plain(question).trim())) return 0;
      if (names.some((name) => runs.every((run) => name.includes(run)))) {
        return names.some((name) => name.startsWith(runs[0])) ? 1 : 2;
      }
      if (runs.every((run) => data.plain[number].includes(run))) return data.kinds[kind] === "memorandum" ? 2 : 3;
      return 4;
    };
    return all
      .map((number) => ({ number, rank: rank(number) }))
      .sort((a, b) => a.rank - b.rank || a.number - b.number)
      .map((each) => each.number);
  };

  // --- how a hit looks ---

  const names = JSON.parse(document.querySelector(".find").dataset.kinds || "{}");

  const marked = (into, text, question) => {
    const runs = plain(question).match(/[\u3400-\u9fff\uf900-\ufaff]+|[a-z0-9]+/g) || [];
    const said = plain(text);
    let at = 0;
    // Where making a text plain changed its length, places would not fit.
    while (said.length === text.length && at < text.length) {
      const next = runs
        .map((run) => ({ run, from: said.indexOf(run, at) }))
        .filter((each) => each.from >= 0)
        .sort((a, b) => a.from - b.from || b.run.length - a.run.length)[0];
      if (!next) break;
      into.append(text.slice(at, next.from));
      const mark = document.createElement("mark");
      mark.textContent = text.slice(next.from, next.from + next.run.length);
      into.append(mark);
      at = next.from + next.run.length;
    }
    into.append(text.slice(at));
  };

  const drawn = (data, number, question, into) => {
    const [, kind, zh, en, subZh = "", subEn = ""] = data.places[number];
    const line = (name, text) => {
      const span = document.createElement("span");
      span.className = name;
      if (/[\u3400-\u9fff]/.test(text) === english) span.lang = english ? "zh-CN" : "en";
      marked(span, text, question);
      into.append(span);
    };
    const what = document.createElement("span");
    what.className = "hit-kind";
    what.textContent = names[data.kinds[kind]] || data.kinds[kind];
    into.append(what, " ");
    line("hit-name", (english ? en || zh : zh || en) || "–");
    const sub = english ? subEn || subZh : subZh || subEn;
    if (sub) {
      into.append(" ");
      line("hit-sub", sub);
    }
  };

  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  // --- the box ---

  let at = -1;
  let asking = 0;

  const close = () => {
    hits.hidden = true;
    hits.replaceChildren();
    at = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };

  const choose = (next) => {
    const options = [...hits.querySelectorAll("[role=option]")];
    if (!options.length) return;
    at = (next + options.length) % options.length;
    options.forEach((option, n) => option.setAttribute("aria-selected", String(n === at)));
    box.setAttribute("aria-activedescendant", options[at].id);
    options[at].scrollIntoView({ block: "nearest" });
  };

  const option = (href) => {
    const item = document.createElement("li");
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.id = `hit-${hits.children.length}`;
    item.dataset.href = href;
    return item;
  };

  const show = async () => {
    const question = box.value.trim();
    const mine = ++asking;
    if (!question) {
      told.textContent = "";
      return close();
    }
    let data;
    try {
      if (!self.creditrulesIndex) told.textContent = find.dataset.loading;
      data = await index();
    } catch {
      told.textContent = find.dataset.failed;
      return;
    }
    if (mine !== asking) return; // a later question is being answered
    const found = search(data, question);
    hits.replaceChildren();
    at = -1;
    box.removeAttribute("aria-activedescendant");
    for (const number of found.slice(0, SHOWN)) {
      const item = option(data.places[number][0]);
      drawn(data, number, question, item);
      hits.append(item);
    }
    if (found.length > SHOWN) {
      const item = option(`search.html#q=${encodeURIComponent(question)}`);
      item.className = "hit-all";
      item.textContent = filled(find.dataset.all, { n: found.length });
      hits.append(item);
    }
    if (!found.length) {
      const none = document.createElement("li");
      none.className = "hit-none";
      none.setAttribute("role", "presentation");
      none.textContent = filled(find.dataset.none, { q: question });
      hits.append(none);
    }
    told.textContent = found.length
      ? filled(find.dataset.found, { n: found.length })
      : filled(find.dataset.none, { q: question });
    hits.hidden = false;
    box.setAttribute("aria-expanded", "true");
  };

  const go = (href) => {
    close();
    location.href = href;
  };

  let composing = false;
  box.addEventListener("compositionstart", () => (composing = true));
  box.addEventListener("compositionend", () => {
    composing = false;
    show();
  });
  box.addEventListener("input", () => composing || show());
  box.addEventListener("focus", () => {
    index().catch(() => {});
    if (box.value.trim()) show();
  });
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const options = hits.querySelectorAll("[role=option]");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (event.key === "ArrowUp" && at < 0) choose(options.length - 1);
      else choose(at + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && box.value.trim()) {
      event.preventDefault();
      go(at >= 0 ? options[at].dataset.href : `search.html#q=${encodeURIComponent(box.value.trim())}`);
    } else if (event.key === "Escape") {
      close();
    }
  });
  hits.addEventListener("mousedown", (event) => {
    const item = event.target.closest("[role=option]");
    if (!item) return;
    event.preventDefault();
    go(item.dataset.href);
  });
  box.addEventListener("blur", () => setTimeout(close, 100));

  // --- the page of results ---

  if (!page) return;
  const count = document.getElementById("count");

  const list = async () => {
    const question = decodeURIComponent((location.hash.match(/^#q=(.*)$/) || [])[1] || "");
    box.value = question;
    if (!question) return;
    delete page.dataset.question;
    count.textContent = find.dataset.loading;
    let data;
    try {
      data = await index();
    } catch {
      count.textContent = find.dataset.failed;
      return;
    }
    const found = search(data, question);
    count.textContent = found.length
      ? filled(find.dataset.found, { n: found.length })
      : filled(find.dataset.none, { q: question });
    page.replaceChildren(
      ...found.map((number) => {
        const item = document.createElement("li");
        const link = document.createElement("a");
        link.href = data.places[number][0];
        drawn(data, number, question, link);
        item.append(link);
        return item;
      }),
    );
    page.dataset.question = question;
    const first = page.querySelector("a");
    if (first) first.focus();
  };

  page.addEventListener("keydown", (event) => {
    const links = [...page.querySelectorAll("a")];
    const here = links.indexOf(document.activeElement);
    if (here < 0 || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
    event.preventDefault();
    const next = links[here + (event.key === "ArrowDown" ? 1 : -1)];
    (next || box).focus();
  });
  addEventListener("hashchange", list);
  list();
})();
