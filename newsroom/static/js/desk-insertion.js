/**
 * Sets a debate or a consultation between the paragraphs of an article. A button above the text opens a dialog that
 * finds it while one types; what is chosen becomes a link that stands alone in a paragraph, which readers see as a box.
 * The dialog is ARIA's editable combobox with a list. Without this module the link is written by hand.
 *
 * What it looks for, all in templates/admin/articles/article/_insertion.html:
 *   dialog[data-insertion]             the dialog, with the address to ask and the words of the status line
 *   template[data-insertion-opener]    the button, and the line that says what was inserted
 *   [data-insertion-more], [data-insertion-close]
 */

const PAUSE = 150; // milliseconds without a key before asking

const dialog = document.querySelector("dialog[data-insertion]");
const field = document.getElementById("id_body");
const told = dialog.dataset;
const words = dialog.querySelector("[role=combobox]");
const list = dialog.querySelector("[role=listbox]");
const status = dialog.querySelector("[role=status]");
const more = dialog.querySelector("[data-insertion-more]");
const opener = document.querySelector("template[data-insertion-opener]").content.firstElementChild;

let found = [];
let page = 1;
let chosen = -1;
let timer = 0;
let asking = null;

// Where the link goes

/** The source of the text where somebody edits that: the editor's own field for it, or ours where no editor came. */
function sourceField() {
  const editor = window.editors?.[field.id];
  if (!editor) return field;
  const isSource = editor.plugins.has("SourceEditing") && editor.plugins.get("SourceEditing").isSourceEditingMode;
  return isSource ? editor.ui.view.element.querySelector(".ck-source-editing-area textarea") : null;
}

function backToText() {
  (sourceField() ?? window.editors[field.id].editing.view).focus();
}

/** Write the line into the source, at the caret. */
function intoSource(source, { path, question }) {
  const link = document.createElement("a");
  link.setAttribute("href", path);
  link.textContent = question;
  source.setRangeText(`\n<p>${link.outerHTML}</p>\n`, source.selectionEnd, source.selectionEnd, "end");
  source.dispatchEvent(new Event("input", { bubbles: true }));
}

const isInList = (block) => Boolean(block?.hasAttribute?.("listItemId"));

/** The block of the text, directly under its root, after which the line goes: never inside a list, a table, a quote. */
function blockAtCaret(model) {
  const place = model.document.selection.getLastPosition();
  // Where a picture is chosen as a whole, the place lies between two blocks.
  let block = place.getAncestors()[1] ?? place.nodeBefore ?? place.nodeAfter;
  while (isInList(block) && isInList(block.nextSibling)) block = block.nextSibling;
  return block;
}

/** Set the line into the text, in one step that can be undone, and the caret after it. */
function intoText(editor, { path, question }) {
  editor.model.change((writer) => {
    const block = blockAtCaret(editor.model);
    const line = writer.createElement("paragraph");
    writer.insertText(question, { linkHref: path }, line);
    writer.insert(line, writer.createPositionAfter(block));
    if (block.is("element", "paragraph") && block.isEmpty && !isInList(block)) writer.remove(block);
    if (!line.nextSibling) writer.insertElement("paragraph", writer.createPositionAfter(line));
    const isWhole = editor.model.schema.isObject(line.nextSibling);
    writer.setSelection(line.nextSibling, isWhole ? "on" : 0);
    writer.removeSelectionAttribute("linkHref");
  });
  editor.editing.view.scrollToTheSelection();
}

function insert(one) {
  const source = sourceField();
  if (source) intoSource(source, one);
  else intoText(window.editors[field.id], one);
  opener.querySelector("[role=status]").textContent = told.done.replace("{question}", one.question);
  dialog.close();
}

// The list

function choose(index) {
  chosen = index;
  [...list.children].forEach((option, place) => option.setAttribute("aria-selected", String(place === index)));
  if (index < 0) {
    words.removeAttribute("aria-activedescendant");
  } else {
    words.setAttribute("aria-activedescendant", list.children[index].id);
    list.children[index].scrollIntoView({ block: "nearest" });
  }
}

function optionOf(one, place) {
  const option = document.createElement("li");
  const [kind, question, state] = ["b", "span", "small"].map((tag) => document.createElement(tag));
  option.id = `${list.id}-${place}`;
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", "false");
  kind.textContent = one.kind;
  question.textContent = one.question;
  state.textContent = one.state;
  option.append(kind, " ", question, " ", state);
  option.addEventListener("click", () => insert(one));
  return option;
}

function show(answer, isNext) {
  found = isNext ? [...found, ...answer.found] : answer.found;
  list.replaceChildren(...found.map(optionOf));
  list.hidden = !found.length;
  words.setAttribute("aria-expanded", String(found.length > 0));
  more.hidden = !answer.more;
  choose(-1);
  const said = answer.more ? told.more : told.some;
  status.textContent = found.length ? said.replace("{count}", found.length) : told.none;
}

/** Ask for what is typed, from the first page or the next one; returns whether the answer is shown. */
async function ask({ isNext = false } = {}) {
  window.clearTimeout(timer);
  asking?.abort();
  const own = new AbortController();
  asking = own;
  const wanted = isNext ? page + 1 : 1;
  const query = new URLSearchParams({ q: words.value, page: wanted });
  try {
    const answer = await fetch(`${told.insertion}?${query}`, { signal: own.signal, redirect: "error" });
    if (!answer.ok) throw new Error(answer.status);
    const said = await answer.json();
    page = wanted;
    show(said, isNext);
    return true;
  } catch {
    // Another letter was typed meanwhile, or the dialog closed: nothing to say.
    if (!own.signal.aborted) status.textContent = told.failed;
    return false;
  }
}

/** Show the next page, and choose the first of what it brought. */
async function showMore() {
  const before = found.length;
  if (await ask({ isNext: true })) {
    choose(before);
    words.focus();
  }
}

async function step(by) {
  if (by > 0 && chosen === found.length - 1 && !more.hidden) return showMore();
  const places = found.length + 1; // what is typed is a place too
  choose(((chosen + 1 + by + places) % places) - 1);
}

// The life of the dialog

function open() {
  opener.querySelector("[role=status]").textContent = "";
  words.value = "";
  show({ found: [], more: false }, false);
  status.textContent = "";
  dialog.showModal();
  words.focus();
  ask();
}

words.addEventListener("input", () => {
  window.clearTimeout(timer);
  timer = window.setTimeout(ask, PAUSE);
});
words.addEventListener("keydown", (event) => {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!by && event.key !== "Enter") return;
  event.preventDefault();
  if (by) step(by);
  else if (chosen >= 0) insert(found[chosen]);
});
more.addEventListener("click", showMore);
dialog.querySelector("[data-insertion-close]").addEventListener("click", () => dialog.close());
dialog.addEventListener("close", () => {
  window.clearTimeout(timer);
  asking?.abort();
  backToText();
});

if (field) {
  opener.querySelector("button").addEventListener("click", open);
  field.parentElement.prepend(opener);
}
