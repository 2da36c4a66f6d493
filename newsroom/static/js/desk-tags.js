// Suggests existing tags under a field of comma-separated tags (attributes data-tags, data-label, data-none, data-some,
// data-instead, written by articles/forms/tags.py). The pattern is ARIA's editable combobox with a list. Without this
// module, or while the server does not answer, the field is what it was: text.

const PAUSE = 150; // milliseconds without a key before asking

/** The tag at the caret: where it begins and ends in the text, and what it says. */
function tagAt(text, caret) {
  const start = text.lastIndexOf(",", caret - 1) + 1;
  const comma = text.indexOf(",", caret);
  const end = comma < 0 ? text.length : comma;
  return { start, end, word: text.slice(start, end).trim() };
}

function enhance(field, number) {
  const told = field.dataset;
  const list = document.createElement("ul");
  const status = document.createElement("p");
  let tags = [];
  let chosen = -1;
  let timer = 0;
  let asking = null;

  list.className = "tags-list";
  list.id = `tags-list-${number}`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", told.label);
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("aria-controls", list.id);
  const frame = document.createElement("div");
  frame.className = "tags-field";
  field.replaceWith(frame);
  frame.append(field, list, status);

  function close() {
    window.clearTimeout(timer);
    asking?.abort();
    list.hidden = true;
    chosen = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }

  function choose(index) {
    chosen = index;
    [...list.children].forEach((option, place) => option.setAttribute("aria-selected", String(place === index)));
    if (index < 0) {
      field.removeAttribute("aria-activedescendant");
    } else {
      field.setAttribute("aria-activedescendant", list.children[index].id);
      list.children[index].scrollIntoView({ block: "nearest" });
    }
  }

  function take(tag) {
    const { start, end } = tagAt(field.value, field.selectionStart);
    const before = field.value.slice(0, start);
    const written = `${before}${start ? " " : ""}${tag.name}`;
    const after = field.value.slice(end).replace(/^,\s*/, "");
    field.value = `${written}, ${after}`;
    field.setSelectionRange(written.length + 2, written.length + 2);
    field.dispatchEvent(new Event("change", { bubbles: true }));
    close();
  }

  function show(found) {
    tags = found;
    chosen = -1;
    field.removeAttribute("aria-activedescendant");
    list.replaceChildren(
      ...tags.map((tag, place) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${place}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.textContent = tag.name;
        if (tag.found) {
          const note = document.createElement("span");
          note.textContent = ` ${told.instead.replace("{found}", tag.found)}`;
          option.append(note);
        }
        // Before the field loses the focus.
        option.addEventListener("mousedown", (event) => {
          event.preventDefault();
          take(tag);
        });
        return option;
      }),
    );
    list.hidden = !tags.length;
    field.setAttribute("aria-expanded", String(Boolean(tags.length)));
    status.textContent = tags.length ? told.some.replace("{count}", tags.length) : told.none;
  }

  async function ask() {
    const { word } = tagAt(field.value, field.selectionStart);
    if (!word) {
      close();
      return;
    }
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    try {
      const answer = await fetch(`${told.tags}?q=${encodeURIComponent(word)}`, { signal });
      const found = answer.ok ? (await answer.json()).tags : null;
      // Closed or asked anew meanwhile: an old answer must not open the list again.
      if (found && !signal.aborted) {
        show(found);
      }
    } catch {
      // The network is gone, or another letter was typed: the field goes on as text.
    }
  }

  field.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(ask, PAUSE);
  });
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (list.hidden) {
      if (event.key === "ArrowDown") {
        event.preventDefault();
        ask();
      } else if (event.key === "Escape") {
        close();
      }
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      const places = tags.length + 1; // the text itself is a place too
      choose(((chosen + 1 + step + places) % places) - 1);
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      take(tags[chosen]);
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    }
  });
}

document.querySelectorAll("input[data-tags]").forEach(enhance);
