/**
 * A form of the desk by keyboard: Ctrl+S (Cmd+S) saves and goes on; a form that was refused says first what is wrong.
 *
 * Attributes it looks for:
 *   [data-faults]   the list of faults; takes the focus on arrival, and its links lead to the fields
 */

const form = document.querySelector("#content-main > form");
const faults = document.querySelector("[data-faults]");

addEventListener("keydown", (event) => {
  const isSave = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "s";
  const button = isSave && (form?.querySelector("[name=_continue]") ?? form?.querySelector("[name=_save]"));
  if (!button) return;
  event.preventDefault();
  if (!event.repeat) button.click();
});

/** Focus what stands for a field: the rich text, the box of a list of choices, or the field itself. */
function focusOn(field) {
  field.closest("details")?.setAttribute("open", "");
  const editor = window.editors?.[field.id];
  if (editor) {
    editor.editing.view.scrollToTheSelection();
    editor.focus();
    return;
  }
  const box = field.matches("select.select2-hidden-accessible") ? field.nextElementSibling?.querySelector("[role=combobox]") : null;
  (box ?? field).focus();
}

faults?.focus();
faults?.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  focusOn(field);
});
