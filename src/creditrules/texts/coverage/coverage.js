(function () {
  "use strict";
  var root = document.documentElement, tags = { zh: "zh-CN", en: "en" }, key = "creditrules-coverage-lang";
  var buttons = Array.prototype.slice.call(document.querySelectorAll("button.lang"));
  function show(lang) {
    root.dataset.lang = lang;
    root.lang = tags[lang];
    buttons.forEach(function (button) { button.setAttribute("aria-pressed", String(button.dataset.to === lang)); });
  }
  function kept() { try { return localStorage.getItem(key); } catch (error) { return null; } }
  show(tags[kept()] ? kept() : root.dataset.lang);
  buttons.forEach(function (button) {
    button.addEventListener("click", function () {
      show(button.dataset.to);
      try { localStorage.setItem(key, button.dataset.to); } catch (error) { /* a page opened from a file may not */ }
    });
  });
  var only = document.getElementById("only");
  if (only) {
    only.addEventListener("change", function () { document.body.classList.toggle("only-gaps", only.checked); });
  }
  function open() {
    var line = location.hash.length > 2 && document.getElementById(location.hash.slice(1));
    if (!line) { return; }
    var around = line.closest("details.fold"), details = line.querySelector("details");
    if (around) { around.open = true; }
    if (details) { details.open = true; }
    if (around) { line.scrollIntoView(); }
  }
  addEventListener("hashchange", open);
  open();
})();
