/**
 * Composing a selection with the mouse and the keyboard. Every operation is a button of the form that is in the page;
 * this sends the form without leaving the page, keeps the focus on what was pressed and says what has happened.
 *
 * Attributes it looks for:
 *   [data-curation]     what is replaced by the same part of the answer
 *   [data-composition]  the form; its submit buttons are sent with everything that is typed
 *   [data-slot]         a slot, with data-key, a name that stays with it wherever it moves
 *   [data-grip]         the handle by which a slot is dragged; hidden without this script
 *   [data-candidate]    an article that may come in, with data-key; dragged onto a slot or below the list, if it has a
 *                       button that adds it
 *   [data-slots]        where candidates are dropped
 *   [data-keys]         what the handle and the keys do; hidden without this script
 *   [data-act]          a button that the focus comes back to, inside [data-slot] or [data-candidate]
 *   [data-whole]        a button that is sent as any form is, with a new page
 *   [data-announce]     a status line for screen readers
 *   [data-heading]      where the focus goes when nothing better is left
 */

const announcer = document.querySelector("[data-announce]");
let isSending = false;
/** What was asked for while another sending was under way: the latest waits, named by its slot, not by its row. */
let waiting = null;

const curation = () => document.querySelector("[data-curation]");
const form = () => document.querySelector("[data-composition]");

/** Say it twice in a row and a screen reader is silent: an empty line comes between. */
function announce(text) {
  announcer.textContent = "";
  setTimeout(() => (announcer.textContent = text), 50);
}

/** Where the focus is, in words that survive the exchange of the page's part. */
function placeOf(element) {
  const owner = element?.closest("[data-slot], [data-candidate]");
  const field = element?.name && !element.dataset.act ? element.name.replace(/^slots-\d+-/, "") : "";
  const rows = owner ? [...owner.parentElement.children] : [];
  return {
    kind: owner?.matches("[data-slot]") ? "slot" : owner ? "candidate" : "",
    key: owner?.dataset.key ?? "",
    index: rows.indexOf(owner),
    act: element?.dataset?.act ?? "",
    field,
    id: element?.id ?? "",
  };
}

/** Put the focus where it was; on the row that took the place of one that is gone; else on the heading. */
function focusOn(place) {
  const rows = [...document.querySelectorAll(`[data-${place.kind || "none"}]`)];
  const same = rows.find((row) => row.dataset.key === place.key);
  const control = (row) =>
    row?.querySelector(place.act ? `[data-act="${place.act}"]` : `[name$="-${place.field || "position"}"]`);
  const after = [...rows.slice(Math.max(0, place.index)), ...rows.slice(0, Math.max(0, place.index)).reverse()];
  const next = after.map(control).find(Boolean);
  const loose = place.kind ? null : document.querySelector(`[data-composition] [data-act="${place.act || "none"}"]`);
  const byId = place.id && !place.kind ? document.getElementById(place.id) : null;
  const target = control(same) ?? next ?? byId ?? loose ?? document.querySelector("[data-heading]");
  target?.focus();
}

/** Fields that differ from what was sent: typed while the answer was under way, and put back into it. */
function typedSince(body) {
  const fields = [...form().elements].filter((field) => field.name && field.type !== "hidden" && "value" in field);
  return fields
    .filter((field) => field.matches("input, select"))
    .filter((field) => (field.type === "checkbox" ? body.has(field.name) !== field.checked : body.get(field.name) !== field.value))
    .map((field) => ({ place: placeOf(field), name: field.name, value: field.value, checked: field.checked }));
}

function typeAgain({ place, name, value, checked }) {
  const row = [...document.querySelectorAll("[data-slot]")].find((slot) => slot.dataset.key === place.key);
  const field = place.kind ? row?.querySelector(`[name$="-${place.field}"]`) : form().elements[name];
  if (field) Object.assign(field, field.type === "checkbox" ? { checked } : { value });
}

/** The value of the button that does `act` to the slot or candidate of `place`, in the page as it is now. */
function actionAt(place, fallback) {
  if (!place.act || !place.key) return fallback;
  const rows = [...document.querySelectorAll(`[data-${place.kind}]`)];
  return rows.find((row) => row.dataset.key === place.key)?.querySelector(`[data-act="${place.act}"]`)?.value;
}

/** Show a note over the page that the sending failed; what was typed is still in the fields. */
function complain() {
  const note = document.createElement("p");
  note.className = "errornote curation__status";
  note.setAttribute("role", "alert");
  note.textContent = curation().dataset.failed;
  curation().append(note);
}

function prepare() {
  for (const part of document.querySelectorAll("[data-grip], [data-keys]")) part.hidden = false;
  for (const slot of document.querySelectorAll("[data-slot]")) {
    const grip = slot.querySelector("[data-grip]");
    grip.addEventListener("pointerdown", () => (slot.draggable = true));
    grip.addEventListener("pointerup", () => (slot.draggable = false));
  }
  for (const candidate of document.querySelectorAll("[data-candidate]")) {
    candidate.draggable = Boolean(candidate.querySelector('[data-act="add"]'));
  }
}

/** Send the form as `action`, put the answer in its place, and the focus at `place`. */
async function send(action, place) {
  if (isSending) {
    waiting = [action, place];
    return;
  }
  isSending = true;
  const sent = form();
  const started = document.activeElement;
  const body = new FormData(sent);
  body.set("do", action);
  curation().setAttribute("aria-busy", "true");
  curation().querySelector(".curation__status")?.remove();
  try {
    const answer = await fetch(sent.action, { method: "POST", body, headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const part = page.querySelector("[data-curation]");
    const isUsable = part && page.querySelector("[data-composition]") && (answer.ok || answer.status === 422);
    if (answer.status >= 500) throw new Error(String(answer.status));
    if (!isUsable) {
      // Two lists, a session that is over: a whole page has to be seen. Nothing was saved, so it may be sent again.
      submitWhole(sent, action);
      return;
    }
    const typed = typedSince(body);
    const live = document.activeElement;
    const present = live !== started && form().contains(live) ? placeOf(live) : place;
    curation().replaceWith(document.importNode(part, true));
    if (answer.redirected) history.replaceState(null, "", answer.url);
    prepare();
    typed.forEach(typeAgain);
    focusOn(present);
    const said = part.querySelector("[data-error]") ?? page.querySelector(".messagelist li:last-child");
    announce(said?.textContent.trim() ?? "");
  } catch {
    complain();
  } finally {
    isSending = false;
    curation().removeAttribute("aria-busy");
    const [next, at] = waiting ?? [];
    waiting = null;
    const nextAction = next && actionAt(at, next);
    if (nextAction) send(nextAction, at);
  }
}

function submitWhole(sent, action) {
  const field = Object.assign(document.createElement("input"), { type: "hidden", name: "do", value: action });
  sent.append(field);
  sent.submit();
}

/** Type the number of `target` into the slot: the server moves it there, around what is pinned. */
function moveTo(slot, number) {
  const field = slot.querySelector('[name$="-position"]');
  field.value = number;
  send("save", placeOf(field));
}

document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!event.target.matches("[data-composition]") || button?.hasAttribute("data-whole")) return;
  event.preventDefault();
  const pressed = button ?? event.target.querySelector('[name="do"]');
  // Enter in a field presses the first button: the focus stays in the field.
  const isTyping = document.activeElement?.matches("input, select");
  send(pressed.value, placeOf(isTyping ? document.activeElement : pressed));
});

/** What is typed into a slot is kept at once. */
document.addEventListener("change", (event) => {
  const field = event.target;
  if (field.closest("[data-composition] [data-slot]")) send("save", placeOf(field));
});

document.addEventListener("keydown", (event) => {
  const slot = event.target.closest?.("[data-slot]");
  if (!slot || !event.altKey || event.ctrlKey || event.metaKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  event.preventDefault();
  const act = event.key === "ArrowUp" ? "up" : "down";
  send(slot.querySelector(`[data-act="${act}"]`).value, placeOf(event.target));
});

/* Dragging */

let dragged = null;

const unmark = () => {
  for (const slot of document.querySelectorAll(".slot--target, .slot--target-after")) {
    slot.classList.remove("slot--target", "slot--target-after");
  }
};

document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.("[data-slot], [data-candidate]") ?? null;
  if (!dragged?.draggable) {
    dragged = null;
    return;
  }
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", "");
  dragged.classList.add("slot--dragged");
});

/** The slot under the pointer; for a candidate else the list itself, at whose end it then comes in. */
function targetOf(event) {
  const slot = event.target.closest?.("[data-slot]");
  return slot ?? (dragged?.matches("[data-candidate]") ? event.target.closest?.("[data-slots]") : null);
}

document.addEventListener("dragover", (event) => {
  const over = targetOf(event);
  if (!dragged || !over) return;
  event.preventDefault();
  unmark();
  const rows = [...over.parentElement.children];
  const isBelow = !over.matches("[data-slot]") || (dragged.matches("[data-slot]") && rows.indexOf(dragged) < rows.indexOf(over));
  over.classList.add(isBelow ? "slot--target-after" : "slot--target");
});

document.addEventListener("drop", (event) => {
  const over = targetOf(event);
  if (!dragged || !over) return;
  event.preventDefault();
  const number = over.querySelector('[name$="-was"]')?.value;
  if (dragged.matches("[data-candidate]")) {
    const adding = dragged.querySelector('[data-act="add"]').value;
    const place = { kind: "slot", key: dragged.dataset.key, index: 0, act: "", field: "position", id: "" };
    send(over.matches("[data-slot]") ? `${adding}-${number}` : adding, place);
  } else if (over !== dragged) {
    moveTo(dragged, number);
  }
});

document.addEventListener("dragend", () => {
  unmark();
  dragged?.classList.remove("slot--dragged");
  if (dragged?.matches("[data-slot]")) dragged.draggable = false;
  dragged = null;
});

prepare();
