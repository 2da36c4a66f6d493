/**
 * What every page does for its reader; the page is complete without it.
 *
 * Attributes it looks for:
 *   body[data-here]           address of the personal fragment; asked only with the cookie "membre"
 *   body[data-thread|data-debate|data-poll]   ids sent along, so that the answer knows the page
 *   body[data-follow]         what can be followed here ("themes/vaccins"), sent along too
 *   body[data-view]           an article's mark: js/view.js says that it was read
 *   body[data-busy]           text of a submit button while its form is on its way ("Envoi…")
 *   body[data-just-now]       text of a relative time under a minute
 *   body[data-copied]         said when a link was copied
 *   body[data-failed]         said when an htmx request failed; what was typed stays
 *   form[method=post]         sent once; form[data-again] may be sent many times
 *   textarea[data-draft=key]  its text is kept on this machine until it was received
 *   [data-draft-clear=key]    in an answer: the text was received, forget it
 *   time[data-ago]            shown as "il y a 3 h" for 24 hours
 *   details                   opened when the address names it, what it holds, or the message it is in (#arg-12)
 *   [data-focus]              takes the focus on arrival (error summaries, results after a vote)
 *   button[data-copy=url]     copies an address; hidden in the HTML, shown here
 *   button[data-print]        prints the page; hidden in the HTML, shown here
 *   button[data-reveal=id]    shows and hides the password in a field; hidden in the HTML, shown here
 */

const DAY = 86_400;
const HOUR = 3_600;
const MINUTE = 60;
const DRAFT_DAYS = 7;
const DRAFT_PREFIX = "brouillon:";

const page = document.body.dataset;

/** Show `text` in the page's one polite status region. */
function say(text, kind = "") {
  const status = document.getElementById("messages");
  if (!status || !text) return;
  const note = document.createElement("p");
  note.className = `note ${kind}`.trim();
  note.textContent = text;
  status.replaceChildren(note);
}

/** Whether the reader has a session, told by a cookie that holds no secret. */
function isMember() {
  return document.cookie.split("; ").includes("membre=1");
}

/** Ask once for what is personal and put each piece where it belongs. */
async function fetchPersonal() {
  if (!page.here || !isMember()) return;
  const query = new URLSearchParams();
  if (page.thread) query.set("fil", page.thread);
  if (page.debate) query.set("debat", page.debate);
  if (page.poll) query.set("consultation", page.poll);
  if (page.follow) query.set("suivi", page.follow);
  let answer;
  try {
    answer = await fetch(`${page.here}?${query}`, { headers: { Accept: "text/html" }, cache: "no-store" });
  } catch {
    return; // The public page stays as it is: its plain links do the same work.
  }
  if (!answer.ok || answer.redirected) return;
  const pieces = document.createElement("template");
  pieces.innerHTML = await answer.text();
  for (const piece of pieces.content.querySelectorAll("template[data-for]")) {
    const place = document.getElementById(piece.dataset.for);
    if (!place) continue;
    place.replaceChildren(piece.content);
    window.htmx?.process(place);
    enhance(place);
  }
  focusTarget();
}

/** The element that the address names after "#", if there is one; our ids are plain ASCII. */
function addressed() {
  return document.getElementById(location.hash.slice(1));
}

/** Open what the address names: a message with its rest, a <details> or what it holds. */
function openTarget() {
  const target = addressed();
  if (!target) return;
  for (const details of document.querySelectorAll("details")) {
    if (details.contains(target) || (target.matches(".cmt") && target.contains(details))) details.open = true;
  }
}

/** A fragment of the address may name an element that only came with the personal pieces. */
function focusTarget() {
  const target = addressed();
  if (target && target.closest("#fil-ecrire, #fil-attente, #debat-position, #consultation-reponse")) {
    target.scrollIntoView();
  }
}

/* Forms: sent once */

/** What a busy button showed before. */
const labels = new WeakMap();

function holdButton(event) {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("data-again")) return;
  if (form.hasAttribute("aria-busy")) {
    event.preventDefault();
    return;
  }
  form.setAttribute("aria-busy", "true");
  const button = event.submitter ?? form.querySelector("button[type=submit]");
  if (!button || !page.busy) return;
  labels.set(button, [...button.childNodes]);
  button.setAttribute("aria-busy", "true");
  button.replaceChildren(page.busy);
}

/** Give a form back: after an htmx answer, or when the browser returns to a page it had kept. */
function release(form) {
  form.removeAttribute("aria-busy");
  for (const button of form.querySelectorAll("button[aria-busy]")) {
    button.removeAttribute("aria-busy");
    button.replaceChildren(...(labels.get(button) ?? button.childNodes));
  }
}

function releaseAll() {
  for (const form of document.querySelectorAll("form[aria-busy]")) release(form);
}

/* Drafts: kept on this machine only */

/** Read or write local storage; a browser may refuse it, and then there are no drafts. */
function drafts(use) {
  try {
    return use(localStorage);
  } catch {
    return null;
  }
}

function draftKey(field) {
  return DRAFT_PREFIX + field.dataset.draft;
}

function keepDraft(field) {
  drafts((store) => {
    if (field.value.trim()) store.setItem(draftKey(field), JSON.stringify({ text: field.value, at: Date.now() }));
    else store.removeItem(draftKey(field));
  });
}

function restoreDraft(field) {
  if (field.value) return; // What the server sent back is fresher.
  const kept = drafts((store) => JSON.parse(store.getItem(draftKey(field))));
  if (kept) field.value = kept.text;
}

function forgetOldDrafts() {
  const limit = Date.now() - DRAFT_DAYS * DAY * 1000;
  drafts((store) => {
    for (const key of Object.keys(store)) {
      if (key.startsWith(DRAFT_PREFIX) && !(JSON.parse(store.getItem(key))?.at > limit)) store.removeItem(key);
    }
  });
}

/* Relative times */

const ago = new Intl.RelativeTimeFormat(document.documentElement.lang || "fr", { style: "short" });

/** "il y a 3 h" for 24 hours; the absolute time stays in the title, and comes back after that. */
function showAgo(time) {
  time.dataset.absolute ??= time.textContent;
  const seconds = (Date.now() - Date.parse(time.dateTime)) / 1000;
  if (!(seconds >= 0 && seconds < DAY)) {
    time.textContent = time.dataset.absolute;
    return;
  }
  if (!time.title) time.title = time.dataset.absolute;
  if (seconds < MINUTE) time.textContent = page.justNow ?? ago.format(0, "minute");
  else if (seconds < HOUR) time.textContent = ago.format(-Math.floor(seconds / MINUTE), "minute");
  else time.textContent = ago.format(-Math.floor(seconds / HOUR), "hour");
}

function refreshTimes() {
  if (!document.hidden) document.querySelectorAll("time[data-ago]").forEach(showAgo);
}

/* Buttons that only work here */

const HELPERS = "button[data-copy], button[data-print], button[data-reveal]";

async function copyLink(button) {
  try {
    await navigator.clipboard.writeText(new URL(button.dataset.copy || location.href, location.href).href);
    say(page.copied);
  } catch {
    button.hidden = true; // Not allowed here: the address bar remains.
  }
}

/** Show a password, or hide it again. */
function reveal(button) {
  const field = document.getElementById(button.dataset.reveal);
  const isShown = field.type === "text";
  field.type = isShown ? "password" : "text";
  button.setAttribute("aria-pressed", String(!isShown));
}

/** Bring to life what `root` holds; called for the page and for every piece that arrives later. */
export function enhance(root) {
  root.querySelectorAll("[data-draft-clear]").forEach((mark) => {
    drafts((store) => store.removeItem(DRAFT_PREFIX + mark.dataset.draftClear));
  });
  root.querySelectorAll("textarea[data-draft]").forEach(restoreDraft);
  root.querySelectorAll("time[data-ago]").forEach(showAgo);
  root.querySelectorAll(HELPERS).forEach((button) => {
    button.hidden = false;
  });
  root.querySelector("[data-focus]")?.focus();
}

document.addEventListener("submit", holdButton);
document.addEventListener("input", (event) => {
  if (event.target.matches("textarea[data-draft]")) keepDraft(event.target);
});
document.addEventListener("click", (event) => {
  const button = event.target.closest(HELPERS);
  if (!button) return;
  if (button.hasAttribute("data-print")) window.print();
  else if (button.hasAttribute("data-reveal")) reveal(button);
  else copyLink(button);
});
document.addEventListener("htmx:afterRequest", releaseAll);
window.addEventListener("hashchange", openTarget);
for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, () => say(page.failed, "note--danger"));
}
document.addEventListener("htmx:afterSwap", (event) => enhance(event.target));
window.addEventListener("pageshow", (event) => {
  if (event.persisted) releaseAll();
});
setInterval(refreshTimes, MINUTE * 1000);

forgetOldDrafts();
enhance(document);
openTarget();
fetchPersonal();
if (page.view) import("./view.js");
