/**
 * Names for what Django's admin leaves without one, on every page of the desk:
 *
 *   - the boxes in which one chooses by searching (select2), which are named by what is chosen in them: an empty one
 *     has no name, and none says which field it is;
 *   - the fields of rows in a table (tabular inlines), which only stand under a heading;
 *   - cells of headings that head nothing.
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
  const chosen = box.querySelector(":scope > .select2-selection__rendered[id]");
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
