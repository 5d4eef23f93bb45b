// Leads to the pages in the reader's language: the one chosen last, else the one the browser speaks.
(() => {
  "use strict";
  const doors = [...document.querySelectorAll("a[data-lang]")];
  let chosen = null;
  try {
    chosen = localStorage.getItem("creditrules.lang");
  } catch {
    // Some browsers keep nothing for pages on a disk; then the browser's language counts.
  }
  const wanted = [chosen, ...(navigator.languages || [])].filter(Boolean).map((tag) => tag.slice(0, 2));
  const languages = doors.map((door) => door.dataset.lang);
  const lang = wanted.find((tag) => languages.includes(tag)) || languages[0];
  const door = doors.find((each) => each.dataset.lang === lang);
  if (door) location.replace(door.getAttribute("href"));
})();
