/**
 * Hides an announcement that its reader has hidden before, and shows the button that hides it.
 *
 * Stands right after [data-notice=key] and runs before anything below is painted. The choice is kept on this machine
 * only, under the key of that one announcement: another one is shown again.
 */
{
  const notice = document.querySelector("[data-notice]");
  const name = "annonce";
  const store = (use) => {
    try {
      return use(localStorage);
    } catch {
      return null; // A browser may refuse it: then the announcement comes back on the next page.
    }
  };
  if (store((kept) => kept.getItem(name)) === notice.dataset.notice) {
    notice.remove();
  } else {
    const button = notice.querySelector("button");
    button.hidden = false;
    button.addEventListener("click", () => {
      store((kept) => kept.setItem(name, notice.dataset.notice));
      notice.remove();
      document.getElementById("contenu")?.focus({ preventScroll: true });
    });
  }
}
