/**
 * Players of other houses, put in place of their link when a reader asks for one; without scripts the link leads there.
 *
 * Looks for: figure.embed > a[href]
 * The address of a player is made here, of the piece's id alone: `newsroom/core/players.py` writes the links, and the
 * content policy (`PLAYER_HOSTS`) allows no other frames.
 */

const PLAYERS = [
  [/^https:\/\/www\.youtube\.com\/watch\?v=([\w-]{11})$/, "https://www.youtube-nocookie.com/embed/$1?autoplay=1"],
  [/^https:\/\/vimeo\.com\/(\d{6,12})$/, "https://player.vimeo.com/video/$1?dnt=1&autoplay=1"],
  [/^https:\/\/www\.dailymotion\.com\/video\/([a-zA-Z0-9]{5,12})$/, "https://geo.dailymotion.com/player.html?video=$1"],
  [/^https:\/\/shows\.acast\.com\/([\w-]+)\/episodes\/([\w-]+)$/, "https://embed.acast.com/$1/$2"],
];
const SOUND = "https://embed.acast.com/";

/** Return the address of the player for a piece's address, or "" for an address that nobody has allowed. */
export function playerOf(address) {
  const known = PLAYERS.find(([page]) => page.test(address));
  return known ? address.replace(known[0], known[1]) : "";
}

function play(event) {
  const link = event.target.closest("figure.embed > a");
  const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  const address = link && isPlain ? playerOf(link.href) : "";
  if (!address) return;
  event.preventDefault();
  const frame = document.createElement("iframe");
  frame.title = link.textContent;
  frame.width = "100%";
  frame.setAttribute("frameborder", "0");
  frame.height = address.startsWith(SOUND) ? "200" : String(Math.round((link.parentElement.clientWidth * 9) / 16));
  // The player's own origin, so that it works; nothing of ours is that origin.
  frame.sandbox = "allow-scripts allow-same-origin allow-popups allow-presentation";
  frame.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  frame.src = address;
  link.replaceWith(frame);
  frame.focus();
}

document.addEventListener("click", play);
