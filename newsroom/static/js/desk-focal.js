// The focal point of a picture: a click on it fills the two number fields, which work by themselves without this.

const THIRDS = [33, 67];

/** Return where the site's stylesheet keeps a percentage: at the start, in the middle or at the end. */
const kept = (percent) => (percent < THIRDS[0] ? 0 : percent > THIRDS[1] ? 100 : 50);

const valueOf = (field) => Math.min(100, Math.max(0, Number.parseInt(field.value, 10) || 0));

/** Return an element of the desk with its class. */
const made = (tag, className) => Object.assign(document.createElement(tag), { className });

/** Return the two cuts that readers see: a card's and a small square. They repeat the picture: no alternative text. */
const cutsOf = (picture) => {
  const cuts = made("span", "focal__cuts");
  for (let number = 0; number < 2; number += 1) {
    const cut = document.createElement("img");
    cut.src = picture.currentSrc || picture.src;
    cut.alt = "";
    cuts.append(cut);
  }
  return cuts;
};

const start = (frame) => {
  const picture = frame.querySelector("img");
  const [x, y] = ["x", "y"].map((axis) => document.querySelector(`input[data-focal="${axis}"]`));
  if (!picture || !x || !y) return;
  const mark = made("span", "focal__mark");
  const cuts = cutsOf(picture);
  frame.classList.add("focal--live");
  frame.append(mark);
  frame.after(cuts);

  const show = () => {
    mark.style.left = `${valueOf(x)}%`;
    mark.style.top = `${valueOf(y)}%`;
    for (const cut of cuts.children) cut.style.objectPosition = `${kept(valueOf(x))}% ${kept(valueOf(y))}%`;
  };

  picture.addEventListener("click", (event) => {
    const box = picture.getBoundingClientRect();
    x.value = Math.round((100 * (event.clientX - box.left)) / box.width);
    y.value = Math.round((100 * (event.clientY - box.top)) / box.height);
    for (const field of [x, y]) field.dispatchEvent(new Event("change", { bubbles: true }));
    show();
  });
  for (const field of [x, y]) field.addEventListener("input", show);
  show();
};

for (const frame of document.querySelectorAll("[data-focal-picture]")) start(frame);
