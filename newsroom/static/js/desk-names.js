/**
 * Names for what Django's admin leaves without one, on every page of the desk:
 *
 *   - the boxes in which one chooses by searching (select2), which are named by what is chosen in them: an empty one
 *     has no name, and none says which field it is; what it shows calls itself a text field, and its list of choices
 *     holds more than choices;
 *   - the fields of rows in a table (tabular inlines), which only stand under a heading;
 *   - the two fields of a moment, day and hour, which only stand after a word;
 *   - cells of headings that head nothing;
 *   - the search of a list, whose label is a picture.
 *
 * Rows that are added later get theirs too.
 */

const text = (element) => element?.textContent.replace(/\s+/g, " ").trim() ?? "";

const labelOf = (select) => select.getAttribute("aria-label") || text(select.labels?.[0]);

/** Name a box by its field, and where it shows one choice, by that too. */
function nameBox(select) {
  const box = select.nextElementSibling?.querySelector("[role=combobox]");
  const label = labelOf(select);
  if (!box || !label || box.getAttribute("aria-label") === label) return;
  box.setAttribute("aria-label", label);
  box.querySelector("ul.select2-selection__rendered")?.setAttribute("role", "none");
  const chosen = box.querySelector(":scope > .select2-selection__rendered[id]");
  chosen?.removeAttribute("role");
  chosen?.removeAttribute("aria-readonly");
  box.querySelector("input")?.setAttribute("aria-label", label);
  if (chosen && !select.multiple) {
    box.id ||= `${chosen.id}-box`;
    box.setAttribute("aria-labelledby", `${box.id} ${chosen.id}`);
  } else {
    box.removeAttribute("aria-labelledby");
  }
}

/** Name the fields of a row by the headings of their columns. */
function nameRow(row) {
  const heads = row.closest("table").tHead?.rows[0].cells ?? [];
  [...row.cells].forEach((cell, column) => {
    const label = text(heads[column]);
    for (const field of cell.querySelectorAll("input:not([type=hidden]), select, textarea")) {
      if (label && !field.labels?.length) field.setAttribute("aria-label", label);
    }
  });
}

/** Return the words that stand before a field. */
function wordsBefore(field) {
  for (let node = field.previousSibling; node; node = node.previousSibling) {
    if (node.nodeType === Node.TEXT_NODE && text(node)) return text(node);
  }
  return "";
}

/** Name a field of a moment: which moment, and whether the day or the hour. */
function nameMoment(field) {
  const row = field.closest("fieldset, .form-row");
  const words = [text(row?.querySelector("legend, label")), wordsBefore(field)];
  field.setAttribute("aria-label", words.map((word) => word.replace(/\s*:$/, "")).filter(Boolean).join(", "));
}

function nameAll() {
  for (const row of document.querySelectorAll(".tabular tbody tr.form-row")) nameRow(row);
  for (const select of document.querySelectorAll("select.select2-hidden-accessible")) nameBox(select);
}

for (const head of document.querySelectorAll(".tabular thead th")) {
  if (text(head) || head.querySelector("img, input")) continue;
  const cell = document.createElement("td");
  cell.className = head.className;
  head.replaceWith(cell);
}
document.querySelectorAll(".datetime input").forEach(nameMoment);
const search = document.getElementById("searchbar");
const picture = search?.labels[0]?.querySelector("img");
if (picture) search.setAttribute("aria-label", picture.alt);
nameAll();
let asked = 0;
new MutationObserver(() => {
  asked ||= requestAnimationFrame(() => {
    asked = 0;
    nameAll();
  });
}).observe(document.body, { childList: true, subtree: true });

// The field into which one types, and the list of what is found, stand at the end of the page while it is open.
window.django?.jQuery?.(document).on("select2:open", ({ target }) => {
  const label = labelOf(target);
  for (const part of document.querySelectorAll(".select2-container--open :is(.select2-search__field, [role=listbox])")) {
    part.setAttribute("aria-label", label);
  }
});
