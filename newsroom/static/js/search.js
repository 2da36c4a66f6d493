/**
 * Suggests, under the field of the search page, what a reader may mean who has begun to type: an article, an author,
 * a specialty, a tag. The pattern is ARIA's editable combobox with a list; choosing opens the page of what was chosen,
 * Enter on the text itself searches. Without this module, or while the server does not answer, the form is what it was.
 *
 * Attributes of the field:
 *   data-suggest   address that answers {"suggestions": [{"kind", "text", "url"}]} to ?q=
 *   data-label     accessible name of the list
 *   data-one, data-many   said when suggestions have come ("{n}" stands for how many)
 */

const PAUSE = 180; // milliseconds without a key before asking
const SHORTEST = 2;

function enhance(field) {
  const told = field.dataset;
  const list = document.createElement("ul");
  const status = document.createElement("p");
  let chosen = -1;
  let timer = 0;
  let asking = null;

  list.className = "suggest__list";
  list.id = `${field.id}-suggestions`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", told.label);
  status.className = "vh";
  status.setAttribute("role", "status");
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("aria-controls", list.id);
  const frame = document.createElement("div");
  frame.className = "suggest";
  const isFocused = document.activeElement === field;
  field.replaceWith(frame);
  frame.append(field, list, status);
  if (isFocused) field.focus();

  function close() {
    clearTimeout(timer);
    asking?.abort();
    list.hidden = true;
    status.textContent = "";
    chosen = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }

  function choose(index) {
    chosen = index;
    [...list.children].forEach((option, place) => option.setAttribute("aria-selected", String(place === index)));
    if (index < 0) {
      field.removeAttribute("aria-activedescendant");
      return;
    }
    field.setAttribute("aria-activedescendant", list.children[index].id);
    list.children[index].scrollIntoView({ block: "nearest" });
  }

  function optionOf({ kind, text, url }, place) {
    const option = document.createElement("li");
    const name = document.createElement("span");
    const note = document.createElement("small");
    option.id = `${list.id}-${place}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.dataset.url = url;
    name.textContent = text;
    note.textContent = kind;
    option.append(name, " ", note);
    return option;
  }

  function show(suggestions) {
    if (!suggestions.length) {
      close();
      return;
    }
    list.replaceChildren(...suggestions.map(optionOf));
    choose(-1);
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
    status.textContent = suggestions.length > 1 ? told.many.replace("{n}", suggestions.length) : told.one;
  }

  async function ask() {
    const words = field.value.trim();
    if (words.length < SHORTEST) {
      close();
      return;
    }
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    try {
      const answer = await fetch(`${told.suggest}?${new URLSearchParams({ q: words })}`, { signal });
      if (answer.ok) {
        const { suggestions } = await answer.json();
        if (!signal.aborted) show(suggestions);
      }
    } catch {
      // The network is gone, or another letter was typed: the field goes on as text.
    }
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  field.addEventListener("blur", close);
  field.form.addEventListener("submit", close);
  // Before the field loses the focus.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[data-url]");
    if (option) location.assign(option.dataset.url);
  });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (list.hidden) {
      if (event.key === "ArrowDown") {
        event.preventDefault();
        ask();
      }
    } else if (step) {
      event.preventDefault();
      const places = list.children.length + 1; // the text itself is a place too
      choose(((chosen + 1 + step + places) % places) - 1);
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      location.assign(list.children[chosen].dataset.url);
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    }
  });
}

document.querySelectorAll("input[data-suggest]").forEach(enhance);
