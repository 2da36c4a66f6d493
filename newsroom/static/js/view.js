/**
 * Says once that an article was read: after five seconds on screen, without a cookie and without waiting for an answer.
 *
 *   body[data-view]      the article's mark, the same for every reader
 *   body[data-view-to]   where it is sent
 *
 * Not sent when the browser says Do-Not-Track or Global Privacy Control.
 */

const LONG_ENOUGH = 5_000;

const { view, viewTo } = document.body.dataset;
let timer = 0;

/** Seconds in a tab that nobody sees do not count; each return begins anew. */
function watch() {
  clearTimeout(timer);
  if (document.visibilityState === "visible") timer = setTimeout(send, LONG_ENOUGH);
}

function send() {
  document.removeEventListener("visibilitychange", watch);
  navigator.sendBeacon(viewTo, view);
}

if (navigator.doNotTrack !== "1" && !navigator.globalPrivacyControl && navigator.sendBeacon) {
  document.addEventListener("visibilitychange", watch);
  watch();
}
