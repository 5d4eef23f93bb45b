// The page of a clerk: sign in, ask, see the answer, print it. The token never leaves this window.
"use strict";

(() => {
  const { make, page, text } = Parts;
  const at = (id) => document.getElementById(id);
  const KEPT = "creditrules.token";
  const state = { token: "", who: null, matters: [], units: [], matter: null, shown: null };

  // --- the service ---
  class Problem extends Error {
    constructor(status, body) {
      super(String(status));
      this.status = status;
      this.body = body;
    }
  }

  const ask = async (path, body) => {
    const headers = { authorization: `Bearer ${state.token}`, accept: "application/json" };
    const options = { headers, cache: "no-store", credentials: "omit", referrerPolicy: "no-referrer" };
    if (body) Object.assign(options, { method: "POST", body: JSON.stringify(body), headers: { ...headers, "content-type": "application/json" } });
    let response;
    try {
      response = await fetch(path, options);
    } catch {
      throw new Problem(0, null);
    }
    const data = await response.json().catch(() => null);
    if (!response.ok) throw new Problem(response.status, data);
    return data;
  };

  const tell = (problem) => {
    const body = problem.body;
    let words = page("offline");
    if (problem.status === 401) words = page("expired");
    else if (body && body.what) words = `${page("error")}：${text(body.what)}\n${text(body.fix)}`.replace("：", Parts.lang === "zh" ? "：" : ": ");
    at("told").textContent = words;
    at("told").hidden = false;
    if (problem.status === 401) signedOut();
  };

  const untell = () => {
    at("told").hidden = true;
  };

  // --- signing in and out ---
  const keep = (token) => {
    try {
      if (token) sessionStorage.setItem(KEPT, token);
      else sessionStorage.removeItem(KEPT);
    } catch {
      // A browser that keeps nothing asks for the token again when the page is loaded anew.
    }
  };

  const signedOut = () => {
    state.token = "";
    state.who = null;
    keep("");
    forget();
    at("work").hidden = true;
    at("sign-in").hidden = false;
    at("who").hidden = true;
    at("sign-out").hidden = true;
    at("token").value = "";
    at("token").focus();
  };

  const signIn = async (token) => {
    state.token = token;
    const [who, matters] = [await ask("v1/whoami"), await ask("v1/matters")];
    state.who = who;
    state.matters = matters.matters;
    const mayChoose = who.role === "office" || (who.role === "clerk" && !who.unit);
    state.units = mayChoose ? (await ask("v1/units")).units : [];
    keep(token);
    at("sign-in").hidden = true;
    at("work").hidden = false;
    at("sign-out").hidden = false;
    at("tab-view").hidden = !who.may.includes("view_subject");
    at("on").value ||= today();
    relabel();
    choose("check");
    at("number").focus();
  };

  const today = () => new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" }).format(new Date());

  at("sign-in").addEventListener("submit", async (event) => {
    event.preventDefault();
    untell();
    const token = at("token").value.trim();
    if (!token) {
      at("token").focus();
      return;
    }
    await working(at("sign-in"), () => signIn(token));
  });
  at("sign-out").addEventListener("click", () => {
    untell();
    signedOut();
  });

  // --- words ---
  const relabel = () => {
    document.documentElement.lang = Parts.lang === "zh" ? "zh-CN" : "en";
    document.title = Parts.say("service.title");
    for (const each of document.querySelectorAll("[data-say]")) each.textContent = Parts.say(each.dataset.say);
    at("switch").textContent = Parts.lang === "zh" ? "English" : "中文";
    at("switch").lang = Parts.lang === "zh" ? "en" : "zh-CN";
    if (state.who) {
      at("who").textContent = page("signed_in") + state.who.name;
      at("who").hidden = false;
    }
    const chosen = at("unit").value;
    at("unit").replaceChildren(
      make("option", { value: "" }, page("every_unit")),
      ...state.units.map((unit) => make("option", { value: unit.key }, text(unit.name))),
    );
    at("unit").value = chosen;
    at("unit-field").hidden = !state.units.length;
    if (state.matter) at("matter").value = text(state.matter.name);
    if (state.shown) show(state.shown, false);
  };

  at("switch").addEventListener("click", () => {
    Parts.lang = Parts.lang === "zh" ? "en" : "zh";
    try {
      localStorage.setItem("creditrules.lang", Parts.lang);
    } catch {
      // Then the page begins in the language of the browser again.
    }
    untell();
    relabel();
  });

  // --- the two questions ---
  const choose = (name) => {
    for (const each of ["check", "view"]) {
      const isIt = each === name;
      at(each).hidden = !isIt;
      at(`tab-${each}`).setAttribute("aria-selected", String(isIt));
      at(`tab-${each}`).tabIndex = isIt ? 0 : -1;
    }
  };
  for (const name of ["check", "view"]) {
    at(`tab-${name}`).addEventListener("click", () => {
      untell();
      forget();
      choose(name);
    });
    at(`tab-${name}`).addEventListener("keydown", (event) => {
      if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
      const other = name === "check" ? "view" : "check";
      if (at(`tab-${other}`).hidden) return;
      at(`tab-${other}`).click();
      at(`tab-${other}`).focus();
    });
  }

  const faulty = (id, isFaulty) => {
    at(`${id}-fault`).hidden = !isFaulty;
    at(id).setAttribute("aria-invalid", String(isFaulty));
    return isFaulty;
  };

  const numberIn = (id) => at(id).value.replace(/[\s-]/g, "").toUpperCase();

  const asked = (rules) => {
    const wrong = rules.filter(([id, isFaulty]) => faulty(id, isFaulty)).map(([id]) => id);
    if (wrong.length) at(wrong[0]).focus();
    return !wrong.length;
  };

  const working = async (form, run) => {
    const button = form.querySelector("button.main");
    button.disabled = true;
    form.setAttribute("aria-busy", "true");
    try {
      await run();
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      tell(problem);
    } finally {
      button.disabled = false;
      form.removeAttribute("aria-busy");
    }
  };

  at("check").addEventListener("submit", async (event) => {
    event.preventDefault();
    untell();
    forget(); // an answer about somebody else must not stand below a question that was not answered
    const number = numberIn("number");
    const purpose = at("purpose").value.trim();
    if (!asked([["number", number.length !== 18], ["matter", !state.matter], ["purpose", !purpose]])) return;
    await working(at("check"), async () => {
      const question = { matter: state.matter.key, applicant: number, on: at("on").value || today(), purpose };
      if (at("unit").value) question.unit = at("unit").value;
      show({ kind: "checked", data: await ask("v1/checks", question), number });
    });
  });

  at("view").addEventListener("submit", async (event) => {
    event.preventDefault();
    untell();
    forget();
    const number = numberIn("own-number");
    const purpose = at("own-purpose").value.trim();
    if (!asked([["own-number", number.length !== 18], ["own-purpose", !purpose]])) return;
    await working(at("view"), async () => {
      show({ kind: "own", data: await ask("v1/subjects/view", { number, purpose }), number });
    });
  });

  // --- the answer ---
  const show = (shown, isNew = true) => {
    state.shown = shown;
    const answer = at("answer");
    const folded = [...answer.querySelectorAll("details")].map((each) => each.open);
    answer.replaceChildren(...Answers[shown.kind](shown.data, shown.number).filter(Boolean));
    answer.hidden = false;
    at("print").addEventListener("click", () => print());
    at("again").addEventListener("click", () => {
      forget();
      const first = at("check").hidden ? "own-number" : "number";
      at(first).value = "";
      at(first).focus();
    });
    if (isNew) answer.querySelector("h1").focus();
    else [...answer.querySelectorAll("details")].forEach((each, n) => (each.open = folded[n]));
  };

  const forget = () => {
    state.shown = null;
    at("answer").hidden = true;
    at("answer").replaceChildren();
  };

  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("#answer details")].filter((each) => !each.open);
    for (const each of opened) each.open = true;
  });
  addEventListener("afterprint", () => {
    for (const each of opened) each.open = false;
  });

  // --- searching the matters ---
  const box = at("matter");
  const hits = at("matters");
  let active = -1;

  const found = (typed) => {
    const parts = typed.toLowerCase().split(/\s+/).filter(Boolean);
    const holds = (matter) => {
      const whole = `${matter.key} ${matter.name.zh} ${matter.name.en}`.toLowerCase();
      return parts.every((part) => whole.includes(part));
    };
    return state.matters.filter(holds);
  };

  const close = () => {
    hits.hidden = true;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
    active = -1;
  };

  const mark = (n) => {
    const options = [...hits.children];
    if (!options.length) return;
    active = (n + options.length) % options.length;
    options.forEach((each, place) => each.setAttribute("aria-selected", String(place === active)));
    box.setAttribute("aria-activedescendant", options[active].id);
    options[active].scrollIntoView({ block: "nearest" });
  };

  const take = (matter) => {
    state.matter = matter;
    box.value = text(matter.name);
    faulty("matter", false);
    close();
  };

  const open = () => {
    const matters = found(state.matter && box.value === text(state.matter.name) ? "" : box.value);
    hits.replaceChildren(
      ...matters.map((matter, n) => {
        const option = make("li", { role: "option", id: `matter-${n}`, "aria-selected": "false" }, text(matter.name), make("small", {}, matter.key));
        option.addEventListener("mousedown", (event) => {
          event.preventDefault();
          take(matter);
        });
        option.matter = matter;
        return option;
      }),
    );
    at("matters-found").textContent = page("matters_found", { n: matters.length });
    hits.hidden = !matters.length;
    box.setAttribute("aria-expanded", String(Boolean(matters.length)));
    box.removeAttribute("aria-activedescendant");
    active = -1;
  };

  box.addEventListener("input", () => {
    state.matter = null;
    open();
  });
  box.addEventListener("focus", () => box.select());
  box.addEventListener("click", open);
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (hits.hidden) open();
      mark(active + (event.key === "ArrowDown" ? 1 : -1) + (active < 0 && event.key === "ArrowUp" ? 1 : 0));
    } else if (event.key === "Enter" && !hits.hidden) {
      event.preventDefault();
      const only = hits.children.length === 1 ? hits.children[0] : null;
      const chosen = hits.children[active] || only;
      if (chosen) take(chosen.matter);
    } else if (event.key === "Escape") {
      close();
    }
  });

  // --- the beginning ---
  const begin = async () => {
    const words = document.querySelector("script[data-words]").dataset.words;
    Parts.words = await (await fetch(words)).json();
    let lang = "";
    let token = "";
    try {
      lang = localStorage.getItem("creditrules.lang") || "";
      token = sessionStorage.getItem(KEPT) || "";
    } catch {
      // Nothing was kept.
    }
    Parts.lang = ["zh", "en"].includes(lang) ? lang : navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
    relabel();
    if (!token) {
      signedOut();
      return;
    }
    try {
      await signIn(token);
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      signedOut();
      tell(problem);
    }
  };
  begin();
})();
