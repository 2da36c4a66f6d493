/**
 * What an article's page does beside reading; everything it holds works without.
 *
 * Attributes it looks for:
 *   button[data-share=url]   hands the address to the machine's own sharing; stays hidden where there is none
 *   audio[data-player]       the sound that chapters move
 *   a[data-seek=seconds]     a chapter: moves the player instead of opening the file there
 *
 * "#t=750" in the page's address is a moment of the sound: the player stands there on arrival.
 */

const player = document.querySelector("audio[data-player]");
const chapters = [...document.querySelectorAll("a[data-seek]")];

/** Put the player at a moment, in seconds; a file that has not begun to load is moved once its length is known. */
function seek(seconds) {
  if (player.readyState >= HTMLMediaElement.HAVE_METADATA) {
    player.currentTime = seconds;
    return;
  }
  player.addEventListener("loadedmetadata", () => (player.currentTime = seconds), { once: true });
  if (player.preload === "none") {
    player.preload = "metadata";
    player.load();
  }
}

/** Say which chapter is heard, for eyes and for screen readers. */
function markChapter() {
  const heard = chapters.findLast((chapter) => Number(chapter.dataset.seek) <= player.currentTime + 0.5);
  for (const chapter of chapters) {
    if (chapter === heard && !player.paused) chapter.setAttribute("aria-current", "true");
    else chapter.removeAttribute("aria-current");
  }
}

/** The moment that the page's address names, in seconds; null where it names none. */
function momentAsked() {
  const found = /^#t=(\d{1,6})$/.exec(location.hash);
  return found ? Number(found[1]) : null;
}

function seekAsked() {
  const seconds = momentAsked();
  if (seconds === null) return;
  seek(seconds);
  document.getElementById("lecteur")?.scrollIntoView();
}

if (player) {
  document.addEventListener("click", (event) => {
    const chapter = event.target.closest("a[data-seek]");
    if (!chapter || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    seek(Number(chapter.dataset.seek));
    player.play().catch(() => {}); // Not allowed here: the reader presses play, at the right place.
  });
  for (const name of ["timeupdate", "play", "pause", "seeked"]) player.addEventListener(name, markChapter);
  window.addEventListener("hashchange", seekAsked);
  seekAsked();
}

for (const button of document.querySelectorAll("button[data-share]")) {
  if (!navigator.share) continue;
  button.hidden = false;
  button.addEventListener("click", () => {
    navigator.share({ title: button.dataset.shareTitle, url: button.dataset.share }).catch(() => {}); // Closed again.
  });
}
