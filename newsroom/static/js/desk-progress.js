/**
 * A page of the desk that shows how far something has come: fetched again every two seconds until it is finished.
 * Without this the link "Actualiser" does the same. Looks for #lot[data-unfinished].
 */

const EVERY = 2_000;

async function refresh() {
  const shown = document.getElementById("lot");
  if (!shown?.hasAttribute("data-unfinished")) return;
  if (!document.hidden) {
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = answer.ok && page.getElementById("lot");
      if (fresh) shown.replaceWith(document.adoptNode(fresh));
    } catch {
      // The network is away: what is shown stays, the next round asks again.
    }
  }
  setTimeout(refresh, EVERY);
}

setTimeout(refresh, EVERY);
