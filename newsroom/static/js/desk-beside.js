/**
 * Beside an article's form: how long the text is while it is typed, counters of titles, the pre-publication list.
 *
 * Attributes it looks for:
 *   [data-length]        shows words and minutes of reading; data-words is the sentence, with {words} and {minutes}
 *   button[data-check]   address that answers the list for what is typed; hidden in the HTML, shown here
 *   #liste-controle      the list
 *   .desk-beside details opened and closed by "?", outside fields
 */

/** Words a minute of silent reading in French, as articles.models.texts has it. */
const READING_SPEED = 214;
/** What reads well in every list; a hint, never a limit. */
const READ_WELL = { id_title: 90, id_short_title: 50, id_standfirst: 300 };
const EVERY = 1_500;

const form = document.querySelector("#article_form");
const length = document.querySelector("[data-length]");
const button = document.querySelector("button[data-check]");

/** The text as it stands in the editor, or in the field where there is none. */
function body() {
  return window.editors?.id_body?.getData() ?? document.getElementById("id_body")?.value ?? "";
}

function showLength() {
  if (!length || document.hidden) return;
  const text = new DOMParser().parseFromString(body().replaceAll("<", " <"), "text/html").body.textContent;
  const words = text.split(/\s+/).filter(Boolean).length;
  const minutes = Math.max(1, Math.round(words / READING_SPEED));
  const said = length.dataset.words.replace("{words}", words.toLocaleString("fr")).replace("{minutes}", minutes);
  if (length.textContent !== said) length.textContent = said;
}

/** A counter under a field: "72 / 90"; a word, not only a colour, says that it is long. */
function count(field, most) {
  const counter = document.createElement("p");
  counter.className = "desk-counter";
  counter.id = `${field.id}_compte`;
  field.after(counter);
  field.setAttribute("aria-describedby", [field.getAttribute("aria-describedby"), counter.id].filter(Boolean).join(" "));
  const show = () => {
    const signs = [...field.value].length;
    counter.textContent = `${signs} / ${most}${signs > most ? " · long" : ""}`;
    counter.classList.toggle("desk-counter--long", signs > most);
  };
  field.addEventListener("input", show);
  show();
}

async function check() {
  const typed = new FormData(form);
  typed.set("body", body());
  for (const [name, value] of [...typed]) if (value instanceof File) typed.delete(name);
  button.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(button.dataset.check, { method: "POST", body: typed });
    if (!answer.ok || answer.redirected) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    document.getElementById("liste-controle").replaceWith(document.adoptNode(page.getElementById("liste-controle")));
  } catch {
    const said = document.createElement("li");
    said.textContent = button.dataset.failed;
    document.getElementById("liste-controle").prepend(said);
  } finally {
    button.removeAttribute("aria-busy");
  }
}

for (const [id, most] of Object.entries(READ_WELL)) {
  const field = document.getElementById(id);
  if (field) count(field, most);
}
if (button && form) {
  button.hidden = false;
  button.addEventListener("click", check);
}
document.addEventListener("keydown", (event) => {
  const isWriting = event.target.closest("input, textarea, select, [contenteditable=true]");
  const help = document.querySelector(".desk-beside details");
  if (event.key !== "?" || isWriting || !help) return;
  event.preventDefault();
  help.open = !help.open;
  help.querySelector("summary").focus();
});
setInterval(showLength, EVERY);
