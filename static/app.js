// Small helps where a script runs; every page works without them.
(() => {
  "use strict";

  // htmx sends the form token that the page already carries.
  document.body.addEventListener("htmx:configRequest", (event) => {
    const token = document.querySelector("input[name=csrfmiddlewaretoken]");
    if (token && event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = token.value;
  });

  // What htmx brings in may hold components of the design system: the page's module starts them.
  document.body.addEventListener("htmx:afterSwap", (event) => {
    event.detail.target.dispatchEvent(new CustomEvent("app:added", { bubbles: true }));
  });

  // On paper a link shows its whole address.
  window.addEventListener("beforeprint", () => {
    document.querySelectorAll("main a[href]").forEach((link) => (link.dataset.address = link.href));
  });

  // Buttons marked so print the page.
  document.querySelectorAll("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });
})();
