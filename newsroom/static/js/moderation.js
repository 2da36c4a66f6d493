/**
 * The moderators' keyboard. Everything it does is a click on a control that is already in the page, so the queue
 * works without it and a refused decision is refused in the same words.
 *
 * Attributes it looks for:
 *   [data-queue]              the queue; data-keys-off="1" starts with the shortcuts off
 *   [data-row]                one message, focusable (tabindex="-1" or "0"), in reading order
 *   [data-act="approve"]      inside a row: the control of A
 *   [data-act="reject"]       inside a row: the control of R; a <button aria-controls="id"> opens the reasons, or a link
 *   [data-act="context"]      inside a row: the control of C
 *   [data-act="member"]       inside a row: the control of M
 *   [data-act="skip"]         inside a row: the control of S (without one, S goes to the next row)
 *   [data-reasons]            inside a row: the reasons (hidden until R); closed again by Escape or [data-act="cancel"]
 *   [data-reason="1"…"6"]     inside the reasons: the radio of that key; data-text fills the message when it is
 *                             empty or still the text of another reason
 *   [data-reason-text]        inside the reasons: the message to the author
 *   [data-undo]               anywhere: the control of Z, usually in the toast
 *   [data-toast]              the toast; goes after 10 seconds, waits under the pointer and the focus
 *   [data-keys-toggle]        button that switches the shortcuts off and on; data-on and data-off are its labels
 *   dialog[data-keys-help]    the list of shortcuts, opened by ?
 *   [data-select-all]         checkbox that checks every checkbox named "ids" of the queue
 *   [data-selected]           shows how many are checked
 *   [data-confirm-above="10"] submit button of a batch: asks data-confirm first when more rows are checked
 */

const TOAST_SECONDS = 10;
const KEYS_STORE = "moderation:touches";

const queue = document.querySelector("[data-queue]");
const rows = () => [...queue.querySelectorAll("[data-row]")];
const currentRow = () => queue.querySelector("[data-row][aria-current=true]");

/** A browser may refuse local storage; then the choice lasts as long as the page. */
let areKeysOn = queue?.dataset.keysOff !== "1";
try {
  areKeysOn &&= localStorage.getItem(KEYS_STORE) !== "non";
} catch {
  /* The default stands. */
}

/** Make `row` the current one and move the focus there. */
function select(row, takesFocus = true) {
  if (!row) return;
  for (const other of rows()) {
    const isChosen = other === row;
    other.classList.toggle("row--sel", isChosen);
    if (isChosen) other.setAttribute("aria-current", "true");
    else other.removeAttribute("aria-current");
  }
  if (!takesFocus) return;
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const all = rows();
  const at = all.indexOf(currentRow());
  select(all[Math.min(all.length - 1, Math.max(0, at < 0 ? 0 : at + by))]);
}

/** Click the control of `act` in the current row; says whether there was one. */
function act(name) {
  const control = currentRow()?.querySelector(`[data-act="${name}"]`);
  control?.click();
  return Boolean(control);
}

/* Reasons */

function openReasons(row) {
  const reasons = row.querySelector("[data-reasons]");
  if (!reasons) return;
  reasons.hidden = false;
  row.querySelector('[data-act="reject"]')?.setAttribute("aria-expanded", "true");
  reasons.querySelector("[data-reason]")?.focus();
}

function closeReasons(row) {
  const reasons = row?.querySelector("[data-reasons]");
  if (!reasons || reasons.hidden) return false;
  reasons.hidden = true;
  const opener = row.querySelector('[data-act="reject"]');
  opener?.setAttribute("aria-expanded", "false");
  opener?.focus();
  return true;
}

/** Fill the message for the chosen reason, unless the moderator wrote something else. */
function prefill(reason) {
  const reasons = reason.closest("[data-reasons]");
  const message = reasons?.querySelector("[data-reason-text]");
  if (!message || reason.dataset.text === undefined) return;
  const texts = [...reasons.querySelectorAll("[data-reason]")].map((each) => each.dataset.text);
  if (message.value.trim() === "" || texts.includes(message.value)) message.value = reason.dataset.text;
}

function chooseReason(key) {
  const row = currentRow();
  const reasons = row?.querySelector("[data-reasons]");
  const reason = reasons && !reasons.hidden && reasons.querySelector(`[data-reason="${key}"]`);
  if (!reason) return;
  reason.click();
  reason.focus();
}

/* Toasts */

/** Let a toast go after 10 seconds; the pointer or the focus on it stops the clock. */
function timeToast(toast) {
  let clock;
  const stop = () => clearTimeout(clock);
  const start = () => {
    stop();
    clock = setTimeout(() => {
      toast.hidden = true;
    }, TOAST_SECONDS * 1000);
  };
  for (const name of ["pointerenter", "focusin"]) toast.addEventListener(name, stop);
  for (const name of ["pointerleave", "focusout"]) toast.addEventListener(name, start);
  start();
}

/* Batches */

function checkedIds() {
  return queue.querySelectorAll('input[name="ids"]:checked').length;
}

function countSelected() {
  queue.querySelectorAll("[data-selected]").forEach((place) => {
    place.textContent = checkedIds();
  });
}

function askBeforeBatch(event) {
  const button = event.submitter;
  const limit = Number(button?.dataset.confirmAbove);
  if (limit && checkedIds() > limit && !window.confirm(button.dataset.confirm)) event.preventDefault();
}

/* Shortcuts */

function toggleKeys(button) {
  areKeysOn = !areKeysOn;
  try {
    localStorage.setItem(KEYS_STORE, areKeysOn ? "oui" : "non");
  } catch {
    /* Not remembered, still obeyed. */
  }
  labelKeys(button);
}

function labelKeys(button) {
  button.hidden = false;
  button.textContent = areKeysOn ? button.dataset.on : button.dataset.off;
  button.setAttribute("aria-pressed", String(areKeysOn));
}

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  a: () => act("approve"),
  r: () => act("reject"),
  c: () => act("context"),
  m: () => act("member"),
  s: () => act("skip") || step(1),
  z: () => document.querySelector("[data-undo]")?.click(),
  "?": () => document.querySelector("dialog[data-keys-help]")?.showModal(),
};

/** Letters typed into a field are text; a radio or a checkbox is no text. */
function isTyping(target) {
  return target.isContentEditable || target.matches("textarea, select, input:not([type=radio], [type=checkbox])");
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.key === "Escape") {
    if (closeReasons(event.target.closest("[data-row]") ?? currentRow())) event.preventDefault();
    return;
  }
  if (!areKeysOn || isTyping(event.target) || document.querySelector("dialog[open]")) return;
  const key = event.key.toLowerCase();
  if (/^[1-6]$/.test(key)) chooseReason(key);
  else if (Object.hasOwn(KEYS, key)) {
    event.preventDefault();
    KEYS[key]();
  }
}

function onClick(event) {
  const control = event.target.closest("[data-act], [data-keys-toggle]");
  const row = control?.closest("[data-row]");
  if (!control) return;
  if (control.matches("[data-keys-toggle]")) toggleKeys(control);
  else if (control.dataset.act === "reject" && row?.querySelector("[data-reasons]")?.hidden) {
    event.preventDefault(); // The first click opens the reasons; the form inside them decides.
    openReasons(row);
  } else if (control.dataset.act === "cancel") {
    event.preventDefault();
    closeReasons(row);
  }
}

function onChange(event) {
  if (event.target.matches("[data-reason]")) prefill(event.target);
  if (event.target.matches("[data-select-all]")) {
    queue.querySelectorAll('input[name="ids"]').forEach((box) => {
      box.checked = event.target.checked;
    });
  }
  countSelected();
}

/** Set up what came with the page or with an htmx answer. */
function prepare() {
  document.querySelectorAll("[data-toast]:not([data-timed])").forEach((toast) => {
    toast.dataset.timed = "1";
    timeToast(toast);
  });
  document.querySelectorAll("[data-keys-toggle]").forEach(labelKeys);
  countSelected();
  if (!currentRow()) select(rows()[0], false);
}

if (queue) {
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", onClick);
  queue.addEventListener("change", onChange);
  queue.addEventListener("submit", askBeforeBatch);
  queue.addEventListener("focusin", (event) => select(event.target.closest("[data-row]"), false));
  document.addEventListener("htmx:afterSwap", prepare);
  prepare();
}
