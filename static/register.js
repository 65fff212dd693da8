// The register: every tick is sent at once, kept on the phone while there is no signal, and sent again.
(() => {
  "use strict";

  const page = document.querySelector("[data-register]");
  const token = page && page.querySelector("input[name=csrfmiddlewaretoken]");
  if (!token) return;

  const storageKey = `register-${page.dataset.register}`;
  const state = page.querySelector("[data-state]");
  const ticked = page.querySelector("[data-ticked]");
  const heads = page.querySelector("[data-heads-form]");
  const AGAIN_AFTER = 5000;

  // What is still to be sent: for each person whether they came, and one head count. The latest change replaces the last.
  let kept = { people: {}, heads: null };
  try {
    kept = JSON.parse(localStorage.getItem(storageKey)) || kept;
  } catch {
    // Without local storage, changes are still sent.
  }
  let isSending = false;
  let trouble = "";

  const keep = () => {
    try {
      if (waiting()) localStorage.setItem(storageKey, JSON.stringify(kept));
      else localStorage.removeItem(storageKey);
    } catch {
      // Without local storage, changes are still sent.
    }
  };
  const waiting = () => Object.keys(kept.people).length + (kept.heads ? 1 : 0);
  const box = (person) => document.getElementById(`person-${person}`);
  const mark = (person, words) => {
    const place = box(person)?.closest(".app-person")?.querySelector("[data-saved]");
    if (place) place.textContent = words;
  };

  const tell = () => {
    const number = waiting();
    if (trouble) state.textContent = trouble;
    else if (number && !isSending) {
      const ticks = number === 1 ? "1 change is" : `${number} changes are`;
      state.textContent = `No signal. ${ticks} kept on this phone and will be sent when it is back.`;
    } else if (!number) state.textContent = "";
  };

  // What the page shows of the head count from now on, so that only somebody else's count is a conflict.
  const see = (seen) => {
    // The form is not there while the register is closed.
    if (!seen || !heads) return;
    heads.querySelector("input[name=seen]").value = seen;
    if (kept.heads) kept.heads.seen = seen;
  };

  // Sends one change. Gives true when it is saved, false when it has to wait, a sentence when it is refused.
  const send = async (address, values) => {
    const body = new FormData();
    Object.entries(values).forEach(([name, value]) => body.append(name, value));
    try {
      const response = await fetch(address, {
        method: "POST",
        body,
        headers: { Accept: "application/json", "X-CSRFToken": token.value },
        redirect: "manual",
        signal: AbortSignal.timeout(15000),
      });
      if (response.ok) {
        const { ticked: number, seen } = await response.json();
        see(seen);
        ticked.textContent = number === 1 ? "1 person" : `${number} people`;
        trouble = "";
        return true;
      }
      if (response.status === 422) {
        const { problem, seen } = await response.json();
        see(seen);
        return problem;
      }
      if (response.status === 404) return "You can no longer take this register.";
      trouble =
        response.type === "opaqueredirect" || response.status === 403
          ? "You have been signed out. Nothing is lost. Open this page again and sign in, and what is saved on this phone will be sent."
          : "";
    } catch {
      trouble = "";
    }
    return false;
  };

  const sendAll = async () => {
    if (isSending || !waiting()) return;
    isSending = true;
    let goesOn = true;
    let refusal = "";
    while (goesOn && waiting()) {
      const [person, came] = Object.entries(kept.people)[0] || [];
      const count = kept.heads;
      const outcome = person
        ? await send(came ? page.dataset.tick : page.dataset.untick, { person })
        : await send(page.dataset.heads, count);
      goesOn = outcome !== false;
      if (!goesOn) break;
      if (typeof outcome === "string") {
        refusal = outcome;
        if (person && box(person)) box(person).checked = !came;
      }
      // One that was changed while it was being sent is sent again.
      if (person && kept.people[person] === came) {
        delete kept.people[person];
        mark(person, typeof outcome === "string" ? "Not saved" : came ? "Saved" : "Removed");
      } else if (!person && kept.heads === count) kept.heads = null;
      keep();
    }
    isSending = false;
    tell();
    if (refusal) state.textContent = refusal;
  };

  const save = (person, came) => {
    kept.people[person] = came;
    keep();
    mark(person, "Saving…");
    sendAll();
  };

  page.addEventListener("change", (event) => {
    if (event.target.matches("[data-person]")) save(event.target.value, event.target.checked);
  });

  // People found again or shown after a reload are ticked as they were last left.
  const restore = () => {
    Object.entries(kept.people).forEach(([person, came]) => {
      if (box(person)) box(person).checked = came;
      mark(person, "Saved on this phone");
    });
  };
  document.body.addEventListener("htmx:afterSwap", restore);

  const number = heads && heads.querySelector("input[name=count]");
  // A form shown with an error is posted as a form: the page that comes back has no error any more.
  const hasError = heads && heads.querySelector(".nhsuk-error-message");
  const countHeads = () => {
    if (hasError) return false;
    const count = number.value.replace(/[,\s]/g, "");
    if (!/^\d+$/.test(count)) return false;
    const isEstimated = heads.querySelector("input[name=is_estimated]").checked;
    const { value: seen } = heads.querySelector("input[name=seen]");
    kept.heads = isEstimated ? { count, seen, is_estimated: "on" } : { count, seen };
    keep();
    sendAll().then(() => {
      if (!waiting() && !state.textContent) state.textContent = "Head count saved.";
    });
    return true;
  };
  if (heads) {
    heads.querySelector("[data-steps]").hidden = false;
    // Shown after a reload as it was last left, so that it can be saved again where it is refused.
    if (kept.heads && !hasError) {
      number.value = kept.heads.count;
      heads.querySelector("input[name=is_estimated]").checked = Boolean(kept.heads.is_estimated);
    }
    let pause;
    heads.querySelectorAll("[data-step]").forEach((button) =>
      button.addEventListener("click", () => {
        const count = Number(number.value.replace(/\D/g, "")) + Number(button.dataset.step);
        number.value = String(Math.max(0, count));
        clearTimeout(pause);
        pause = setTimeout(countHeads, 800);
      }),
    );
    heads.addEventListener("submit", (event) => {
      // What is not a number is posted as a form, and the page says what is wrong.
      if (countHeads()) event.preventDefault();
    });
  }

  // The script saves each tick, so the button for pages without it is not needed.
  page.querySelectorAll("[data-unscripted]").forEach((part) => (part.hidden = true));

  // A new person is sent only by the button, so not twice: without a signal the form stays as typed.
  page.querySelectorAll("form[method=post]").forEach((form) =>
    form.addEventListener("submit", (event) => {
      if (event.defaultPrevented || navigator.onLine) return;
      event.preventDefault();
      state.textContent = "You have no signal. What you typed is still here. Select the button again when you have a signal.";
    }),
  );

  window.addEventListener("online", sendAll);
  window.addEventListener("offline", tell);
  setInterval(sendAll, AGAIN_AFTER);
  restore();
  sendAll();
})();
