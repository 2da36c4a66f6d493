"""Somebody who has no mouse: presses keys, and sees where the focus is."""

from dataclasses import dataclass

# More stops than any page has: whoever comes here goes round in circles.
MOST_STOPS = 400

# What somebody sees of the focus. A radio that is laid over its label shows the ring on what it lies over; the parts of
# a player stand in the browser's own tree, which draws its own ring.
STOP = """() => {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return null;
  const shown = focused.matches(".vote input") ? focused.nextElementSibling : focused;
  const style = getComputedStyle(shown);
  const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const boxes = [...shown.getClientRects()].filter((box) => box.width > 1 && box.height > 1);
  const parts = boxes.map((box) => ({
    left: Math.max(box.left, 0), right: Math.min(box.right, innerWidth), width: box.width,
    top: Math.max(box.top, 0), bottom: Math.min(box.bottom, innerHeight), height: box.height,
  }));
  // As much as a finger needs, or all of it: a long field may reach beyond the window.
  const inside = parts.filter((part) => (
    part.right - part.left >= Math.min(part.width, 24) - 1 && part.bottom - part.top >= Math.min(part.height, 24) - 1
  ));
  const free = inside.filter((part) => {
    const top = document.elementFromPoint((part.left + part.right) / 2, (part.top + part.bottom) / 2);
    return top && (shown.contains(top) || top.contains(shown) || top === focused);
  });
  const all = (window.everything ??= [...document.querySelectorAll("*")]);
  return {
    place: all.indexOf(focused),
    told: (focused.outerHTML.slice(0, 90) + " … " + focused.textContent.trim().replace(/\\s+/g, " ").slice(0, 40)),
    isPlayer: focused.matches("audio"),
    hasRing: ring,
    isInside: inside.length > 0,
    isFree: free.length > 0,
  };
}"""

# The page follows the focus with its next picture; what it says before that is not what somebody sees.
DRAWN = "new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => drawn(true))))"


@dataclass(frozen=True)
class Stop:
    """Where the focus is: its place among the page's elements, and what can be seen of it."""

    place: int
    told: str
    is_player: bool
    faults: tuple[str, ...]


class Keyboard:
    """Presses keys on a visitor's page."""

    def __init__(self, person):
        self.person, self.page = person, person.page

    def stop(self):
        """Return where the focus is; None where it is nowhere."""
        self.page.evaluate(DRAWN)
        found = self.page.evaluate(STOP)
        if found is None:
            return None
        asked = {"no ring": found["hasRing"] or found["isPlayer"], "out of sight": found["isInside"]}
        asked["covered"] = found["isFree"] or not found["isInside"]
        faults = tuple(name for name, is_well in asked.items() if not is_well)
        return Stop(found["place"], found["told"], found["isPlayer"], faults)

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, words):
        self.page.keyboard.type(words)

    def enter(self):
        """Press Enter on what leads somewhere else, and wait until that stands still."""
        with self.page.expect_navigation(wait_until="networkidle"):
            self.press("Enter")

    def tab_to(self, selector, *, most=MOST_STOPS, key="Tab"):
        """Press Tab until something that matches has the focus; every stop on the way has to be seen."""
        for _press in range(most):
            self.press(key)
            stop = self.stop()
            assert stop is None or not stop.faults, (stop, self.page.url)
            if self.is_on(selector):
                return
        message = f"{selector} is not within {most} presses at {self.page.url}"
        raise AssertionError(message)

    def is_on(self, selector):
        """Say whether what has the focus matches."""
        return self.page.evaluate("selector => document.activeElement.matches(selector)", selector)

    def walk(self):
        """Press Tab from the top of the page to its end; return the stops."""
        stops = []
        while len(stops) < MOST_STOPS:
            self.press("Tab")
            stop = self.stop()
            # At the end some pages give the focus to the browser, and others begin again.
            if stop is None or (stops and stop.place == stops[0].place):
                return stops
            stops.append(stop)
        message = f"no end at {self.page.url}: {stops[-3:]}"
        raise AssertionError(message)
