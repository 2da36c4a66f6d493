/**
 * Nothing that is typed into an article's form is lost: it is kept on this device within a second, on the server within
 * 30 seconds, and brought back after a crash, a lost network or a lost session. Tells who else has the article open.
 *
 * Attributes it looks for, all on or inside [data-keeping], which stands above the form:
 *   data-keep, data-ping, data-forms, data-form, data-kept   addresses
 *   data-unsaved                   set where the form shows what is not saved
 *   data-person, data-article      whose form it is; article is empty for one that was never saved
 *   data-said-*                    what the status line says when the server does not
 *   [data-status]                  the status line; [data-signed-out] the way to sign in again
 *   [data-presence], [data-presence-said], [data-take-over-form]   the colleague who has the article open
 *   [data-newer]                   that the article was saved elsewhere meanwhile
 *   [data-offer][data-form-key]    a text that the server keeps; [data-drop] the form that discards it
 *   template[data-local-offer]     a text that this device keeps
 */

import * as copies from "./desk-copies.js";

const LOOK_EVERY = 1_000;
const PAUSE = 2_000;
const SEND_EVERY = 10_000;
const SEND_WITHIN = 20_000;
const PING_EVERY = 20_000;
// What a browser still sends for a page that is closing, by the Fetch standard: 64 KiB in all.
const LAST_WORDS = 60_000;

const root = document.querySelector("[data-keeping]");
const form = document.getElementById("article_form");
const said = root.dataset;
const one = (selector) => root.querySelector(selector);
const keyOf = () => form.elements.form_key.value;

/** The form as JSON pairs: what this device keeps and the server is sent. Files stay out. */
function read() {
  for (const editor of Object.values(window.editors ?? {})) {
    const source = editor.plugins.has("SourceEditing") && editor.plugins.get("SourceEditing");
    if (source?.isSourceEditingMode) editor.sourceElement.value = editor.getData();
  }
  const isTyped = ([name, value]) =>
    typeof value === "string" && name !== "csrfmiddlewaretoken" && !name.includes("__prefix__");
  return JSON.stringify([...new FormData(form)].filter(isTyped));
}

const opened = read();
// Taken up again, or refused: what stands there is not in the article, and not sure to be kept.
const isUnsaved = "unsaved" in said;
let latest = opened;
let onServer = isUnsaved ? null : opened;
let refused = null;
let firstUnsent = isUnsaved ? Date.now() : null;
let changedAt = 0;
let triedAt = 0;
let toldAt = 0;
let isTyping = false;
let isSubmitting = false;
let isSignedOut = false;
let isStored = true;
let sending = null;

// What the person is told

function say(text) {
  const line = one("[data-status]");
  if (line.textContent !== text) line.textContent = text;
}

/** Say why it is not on the server; and where it is, if this device refuses it too. */
function sayKeptHere(reason) {
  say(isStored ? reason : said.saidNowhere);
}

function setSignedOut(isOut) {
  isSignedOut = isOut;
  one("[data-signed-out]").hidden = !isOut;
  if (isOut) sayKeptHere(said.saidSignedOut);
}

function showPresence({ note = "", may_take_over: mayTakeOver = false, newer = "" }) {
  const place = one("[data-presence]");
  if (place) {
    place.hidden = !note;
    one("[data-presence-said]").textContent = note;
    one("[data-take-over-form]").hidden = !mayTakeOver;
  }
  one("[data-newer]").hidden = !newer;
  one("[data-newer]").textContent = newer;
}

// On this device

function copyOf(fields, isOnServer) {
  const [person, article, formKey] = [said.person, said.article, keyOf()];
  return { id: `${person}:${article}:${formKey}`, person, article, formKey, at: Date.now(), fields, isOnServer };
}

async function store(isOnServer) {
  try {
    await copies.put(copyOf(latest, isOnServer));
    isStored = true;
  } catch {
    isStored = false;
  }
}

// To the server

const token = () => form.elements.csrfmiddlewaretoken.value;

/** Ask the server; a redirect, which is to the sign-in page, is not followed. Rejects when there is no network. */
function ask(address, body, options = {}) {
  const headers = { Accept: "application/json", "X-CSRFToken": token() };
  if (typeof body === "string") headers["Content-Type"] = "application/json";
  return fetch(address, { method: "POST", headers, body, redirect: "manual", credentials: "same-origin", ...options });
}

/** Learn who is signed in, take the token of his session, and return which of the forms were saved; null: nobody. */
async function renew(keys = []) {
  const query = new URLSearchParams(keys.map((key) => ["cle", key]));
  const answer = await fetch(`${said.forms}?${query}`, { redirect: "manual", cache: "no-store" });
  if (!answer.ok) return null;
  const told = await answer.json();
  if (String(told.person) !== said.person) return { isOther: true, saved: [] };
  for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = told.csrf;
  return told;
}

/** Ask, and once more with a new token where the session changed; returns null when it is not ours to ask any more. */
async function askInSession(address, body, options) {
  let answer = isSignedOut ? null : await ask(address, body, options);
  if (answer?.type === "opaqueredirect") answer = null;
  if (answer === null || answer.status === 403) {
    const told = await renew();
    if (told?.isOther) {
      setSignedOut(true);
      sayKeptHere(said.saidOther);
      return null;
    }
    if (told === null) {
      setSignedOut(true);
      return null;
    }
    setSignedOut(false);
    answer = await ask(address, body, options);
  }
  return answer;
}

/** Send what is typed; whatever goes wrong, it stays on this device and is tried again. */
async function send() {
  if (sending || isSubmitting) return;
  const text = latest;
  triedAt = Date.now();
  sending = new AbortController();
  try {
    const body = `{"fields":${text},"typing":${isTyping}}`;
    const answer = await askInSession(said.keep, body, { signal: sending.signal });
    if (answer === null) return;
    const isOurs = answer.headers.get("Content-Type")?.startsWith("application/json");
    if (!isOurs) return sayKeptHere(said.saidFailed);
    const told = await answer.json();
    if ("note" in told) showPresence(told);
    if (!answer.ok) {
      refused = text;
      return sayKeptHere(told.said);
    }
    isTyping = false;
    onServer = text;
    firstUnsent = latest === text ? null : changedAt;
    toldAt = Date.now();
    say(told.said);
    if (latest === text) await store(true);
  } catch (error) {
    if (error.name !== "AbortError") sayKeptHere(said.saidOffline);
  } finally {
    sending = null;
  }
}

/** Look at the form: keep on this device what changed, and send it when it is time. */
async function look({ isUrgent = false } = {}) {
  if (isSubmitting) return;
  const now = read();
  if (now !== latest) {
    latest = now;
    changedAt = Date.now();
    firstUnsent ??= changedAt;
    isTyping = true;
    await store(false);
  }
  if (latest === onServer || latest === refused || sending) return;
  const isPause = Date.now() - changedAt >= PAUSE || Date.now() - (firstUnsent ?? changedAt) >= SEND_WITHIN;
  if (isUrgent || (isPause && Date.now() - triedAt >= SEND_EVERY)) await send();
}

/** Tell that the form is open, and learn who else has it open. */
async function ping() {
  if (!said.ping || document.hidden || isSubmitting || Date.now() - toldAt < PING_EVERY / 2) return;
  const body = JSON.stringify({ form_key: keyOf(), base: form.elements.base.value, typing: isTyping });
  try {
    const answer = await askInSession(said.ping, body);
    if (!answer?.ok) return;
    isTyping = false;
    showPresence(await answer.json());
  } catch {
    // No network: what is typed says so, when something is.
  }
}

// What was kept before

const hour = (date) => `${date.getHours()}\u202fh\u202f${String(date.getMinutes()).padStart(2, "0")}`;
const day = new Intl.DateTimeFormat("fr-FR", { day: "numeric", month: "long" });

/** Have the server keep a text of this device: it then comes back the way the server's own do. */
async function handOver(copy) {
  const answer = await askInSession(said.keep, `{"fields":${copy.fields},"typing":false}`);
  if (answer?.ok) {
    await copies.put({ ...copy, isOnServer: true });
    return true;
  }
  if (answer) say(answer.status < 500 ? (await answer.json()).said : said.saidFailed);
  return false;
}

function offer(copy) {
  const note = one("template[data-local-offer]").content.firstElementChild.cloneNode(true);
  const at = new Date(copy.at);
  note.querySelector("[data-when]").textContent = `${day.format(at).replace(" ", "\u00a0")}, ${hour(at)}`;
  // The server's own text of that form is an earlier one.
  const earlier = [...root.querySelectorAll("[data-offer]")].find((kept) => kept.dataset.formKey === copy.formKey);
  if (earlier) earlier.hidden = true;
  const on = (selector, act) => note.querySelector(selector)?.addEventListener("click", () => act().catch(failed));
  const failed = () => say(said.saidOffline);
  on("[data-local-resume]", async () => {
    if (await handOver(copy)) location.assign(`${said.form}?reprendre=${said.article ? 1 : encodeURIComponent(copy.formKey)}`);
  });
  on("[data-local-compare]", async () => {
    // Opened at once: a browser forbids it after the answer came.
    const tab = window.open("", "_blank");
    if (await handOver(copy)) tab.location = said.kept;
    else tab.close();
  });
  on("[data-local-drop]", async () => {
    await copies.remove(copy.id);
    note.remove();
    earlier?.querySelector("[data-drop]")?.requestSubmit();
  });
  one("[data-newer]").before(note);
}

/** Offer what this device keeps and neither the article nor the server has; forget what was saved. */
async function recall() {
  const kept = await copies.ofPerson(said.person);
  if (!kept.length) return;
  const told = await renew(kept.map((copy) => copy.formKey)).catch(() => null);
  const wasSaved = (copy) => told?.saved.includes(copy.formKey);
  await Promise.all(kept.filter(wasSaved).map((copy) => copies.remove(copy.id)));
  const isRefusedForm = document.querySelector("[data-faults]") !== null;
  const isNews = (copy) => !copy.isOnServer && copy.fields !== opened && !(isRefusedForm && copy.formKey === keyOf());
  kept.filter((copy) => copy.article === said.article && !wasSaved(copy) && isNews(copy)).forEach(offer);
}

root.addEventListener("submit", async (event) => {
  const asked = event.target;
  if (!asked.matches("[data-drop], [data-take-over-form]")) return;
  event.preventDefault();
  const fields = new URLSearchParams(new FormData(asked));
  fields.delete("csrfmiddlewaretoken");
  if (asked.matches("[data-take-over-form]")) fields.set("form_key", keyOf());
  try {
    const answer = await askInSession(asked.action, fields);
    if (answer === null) return;
    if (asked.matches("[data-take-over-form]")) {
      const told = await answer.json();
      if (answer.ok) showPresence(told);
      else say(told.said);
    } else if (answer.ok) {
      asked.closest("[data-offer]").remove();
      refused = null;
    }
  } catch {
    say(said.saidOffline);
  }
});

// The life of the page

form.addEventListener("submit", () => {
  latest = read();
  store(false);
  isSubmitting = true;
  sending?.abort();
});

addEventListener("beforeunload", (event) => {
  if (!isSubmitting && (isUnsaved || read() !== opened)) event.preventDefault();
});

addEventListener("pagehide", () => {
  if (isSubmitting) return;
  latest = read();
  if (latest !== onServer) {
    store(false);
    const body = `{"fields":${latest},"typing":true}`;
    if (new Blob([body]).size < LAST_WORDS) ask(said.keep, body, { keepalive: true }).catch(() => {});
  }
  if (said.ping) ask(said.ping, JSON.stringify({ form_key: keyOf(), leaving: true }), { keepalive: true }).catch(() => {});
});

addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  // The page came back from the past: what it was may have been saved since, what it becomes is new.
  form.elements.form_key.value = crypto.randomUUID();
  isSubmitting = false;
  ping();
});

const comeBack = () => {
  look({ isUrgent: document.hidden || isSignedOut });
  ping();
};
document.addEventListener("visibilitychange", comeBack);
addEventListener("focus", comeBack);
addEventListener("online", () => look({ isUrgent: true }));
addEventListener("offline", () => latest !== opened && sayKeptHere(said.saidOffline));

setInterval(look, LOOK_EVERY);
setInterval(ping, PING_EVERY);
ping();
recall().catch(() => {
  isStored = false;
});
