// The language switch keeps the place, `/` leads to the search, folded parts open for printing.
(() => {
  "use strict";

  const remember = (lang) => {
    try {
      localStorage.setItem("creditrules.lang", lang); // stays in the browser; nothing is sent
    } catch {
      // A browser that keeps nothing shows the pages all the same.
    }
  };
  remember(document.body.dataset.lang);

  // The heading the reader is at: the last one that has passed the upper edge.
  const place = () => {
    if (location.hash) return location.hash;
    const above = [...document.querySelectorAll("main [id]")].filter(
      (each) => each.matches("section, article, li, div") && each.getBoundingClientRect().top < 120,
    );
    const last = above.pop();
    return last && window.scrollY > 200 ? `#${encodeURIComponent(last.id)}` : "";
  };

  const change = document.querySelector("a[data-switch]");
  if (change) {
    const home = change.getAttribute("href");
    change.addEventListener("click", () => {
      remember(change.dataset.switch);
      change.setAttribute("href", home + place());
    });
  }

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const box = document.getElementById("q");
    if (!box || box.closest("[hidden]")) return;
    event.preventDefault();
    box.focus();
    box.select();
  });

  const folded = () => [...document.querySelectorAll("details")];
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = folded().filter((each) => !each.open);
    for (const each of opened) each.open = true;
  });
  addEventListener("afterprint", () => {
    for (const each of opened) each.open = false;
  });
})();
