// Starts the components of the design system, also in what htmx brings in later.
const script = document.querySelector("script[data-components]");
import(script.dataset.components).then(({ initAll }) => {
  initAll();
  document.addEventListener("app:added", (event) => initAll(event.target));
});
