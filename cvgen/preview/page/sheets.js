// The pages: pictures that are replaced once the new ones are there, marks on them, and the card of a word.

import { closeCard, find, make, partButtons, placeHint, placeLink, post, say, showCard } from "./dom.js";

let shown = { number: 0, shape: "pages", pages: [] };
let run = "";
let marks = [];
let findings = [];

export const current = () => shown;

function pictureWidth(sheet) {
  const width = Math.ceil((sheet.clientWidth || 800) * Math.min(devicePixelRatio || 1, 2.5));
  return Math.min(2400, Math.max(400, Math.ceil(width / 100) * 100));
}

/** The picture of a page at the width at which it is shown. */
export function pageAddress(number, page, width) {
  return `page/${number}/${page}.png?width=${width}&run=${run}`;
}

function makeSheet(number) {
  const image = make("img", { alt: "", decoding: "async" });
  const paper = make("div", { class: "paper", "data-page": number, onclick: (event) => askForWord(event, number) }, image);
  return make("figure", { class: "sheet" }, paper, make("figcaption", {}, make("span", { class: "name" }), make("span", { class: "full" })));
}

/** Views of another run of the preview have the same numbers, and are others. */
export function beginRun(next) {
  if (next !== run) shown = { ...shown, number: 0 };
  run = next;
}

/** Show a view. Sheets stay where they are, so that the window does not scroll. */
export async function showView(view) {
  const place = find("sheets");
  if (!view || view.number === shown.number) return;
  if (view.shape === "web") return showWebPage(view, place);
  if (shown.shape === "web" || !place.querySelector(".sheet")) place.replaceChildren();
  shown = view;
  while (place.children.length < view.pages.length) place.append(makeSheet(place.children.length));
  const sheets = [...place.children];
  await Promise.all(
    sheets.slice(0, view.pages.length).map((sheet, page) => {
      const paper = sheet.firstElementChild;
      paper.style.aspectRatio = `${view.pages[page].width} / ${view.pages[page].height}`;
      paper.style.setProperty("--ratio", view.pages[page].width / view.pages[page].height);
      sheet.querySelector(".name").textContent = `Page ${page + 1} of ${view.pages.length}`;
      return replacePicture(paper, view, page);
    }),
  );
  if (shown !== view) return;
  sheets.slice(view.pages.length).forEach((sheet) => sheet.remove());
  place.classList.toggle("is-wide", view.pages.length > 1);
  place.dataset.view = view.number;
  place.dataset.run = run;
  mark([]);
}

async function replacePicture(paper, view, page) {
  const image = new Image();
  image.alt = `Page ${page + 1} of ${view.pages.length}, as it is printed`;
  paper.dataset.drawn = pictureWidth(paper);
  image.src = pageAddress(view.number, page, paper.dataset.drawn);
  try {
    await image.decode();
  } catch {
    return;
  }
  if (shown === view) paper.querySelector("img").replaceWith(image);
}

/** Draw pages again that are shown wider than they were drawn, as after the window has grown. */
function sharpen() {
  if (!shown.number || shown.shape === "web") return;
  for (const paper of document.querySelectorAll("#sheets .paper")) {
    if (pictureWidth(paper) > Number(paper.dataset.drawn)) replacePicture(paper, shown, Number(paper.dataset.page));
  }
}

/** Show the pages as wide as the window ("width"), each as high as the window ("page"), or larger ("2"). */
export function setSize(size) {
  const place = find("sheets");
  const zoom = Number(size);
  place.dataset.size = zoom ? "zoomed" : size;
  place.style.setProperty("--zoom", zoom || 1);
  if (zoom) place.tabIndex = 0; // what scrolls sideways must scroll by the keyboard
  else place.removeAttribute("tabindex");
  sharpen();
}

let resized = 0;
new ResizeObserver(() => {
  clearTimeout(resized);
  resized = setTimeout(sharpen, 150);
}).observe(find("sheets"));

function showWebPage(view, place) {
  const old = place.querySelector("iframe");
  const top = old ? old.contentWindow.scrollY : 0;
  shown = view;
  const frame = make("iframe", { title: "The document as a web page", sandbox: "allow-same-origin", src: `web/${view.number}.html?run=${run}` });
  frame.addEventListener("load", () => {
    frame.contentWindow.scrollTo(0, top);
    if (old) old.remove();
    place.dataset.view = view.number;
  });
  if (old) old.after(frame);
  else place.replaceChildren(frame);
  place.classList.remove("is-wide");
}

/** Write below each page how full it is. */
export function showFill(fill) {
  document.querySelectorAll("#sheets .sheet .full").forEach((place, page) => {
    place.textContent = fill && fill[page] !== undefined ? `${Math.round(fill[page] * 100)} % full` : "";
  });
}

function drawMarks() {
  document.querySelectorAll("#sheets .mark").forEach((one) => one.remove());
  const boxes = [...marks.map((box) => [box, null]), ...findings.flatMap((one) => one.boxes.map((box) => [box, one]))];
  for (const [box, finding] of boxes) {
    const paper = document.querySelector(`#sheets .paper[data-page="${box.page}"]`);
    if (!paper) continue;
    const about = finding
      ? { type: "button", class: "mark finding", title: finding.message, "aria-label": `${finding.check}: ${finding.message}` }
      : { class: "mark" };
    const one = make(finding ? "button" : "div", about);
    if (finding) one.addEventListener("click", (event) => showFinding(event, finding, one));
    for (const edge of ["left", "top", "width", "height"]) one.style[edge] = `${box[edge] * 100}%`;
    paper.append(one);
  }
}

function showFinding(event, finding, from) {
  event.stopPropagation();
  const box = from.getBoundingClientRect();
  const content = [make("h2", {}, finding.check), make("p", {}, finding.message), finding.hint && make("p", { class: "hint" }, finding.hint), placeLink(finding.place)];
  showCard(content.filter(Boolean), box.left, box.bottom, from);
}

/** Mark boxes on the pages, and scroll to the first. */
export function mark(boxes, scroll = false) {
  marks = boxes;
  drawMarks();
  if (scroll && boxes.length) {
    document.querySelector("#sheets .mark:not(.finding)")?.scrollIntoView({ block: "center", behavior: "smooth" });
  }
}

export function markFindings(found) {
  findings = found;
  drawMarks();
}

async function askForWord(event, page) {
  const box = event.currentTarget.getBoundingClientRect();
  const [x, y] = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  const [left, top] = [event.clientX, event.clientY];
  const found = await post("word", { view: shown.number, page, x, y }).catch(() => ({}));
  if (!found.place && !found.part) {
    mark([]);
    closeCard();
    return;
  }
  mark(found.boxes);
  showCard(describeWord(found), left, top);
}

function describeWord(found) {
  const place = found.place || (found.part && found.part.place);
  const content = [make("h2", {}, found.part ? found.part.label : "In the head of the document")];
  if (place && place.quote) content.push(make("code", { class: "quote" }, place.quote));
  if (place) content.push(make("p", {}, placeLink(place), ` – ${placeHint()}`));
  if (found.part) {
    const buttons = partButtons(found.part, closeCard);
    if (buttons.length) content.push(make("div", { class: "row" }, ...buttons));
  }
  return content;
}

/** Find words on the pages, for those who do not click. */
export async function findWords(text, from) {
  const found = await post("text", { view: shown.number, text }).catch((error) => say(error.message));
  if (!found) return;
  const box = from.getBoundingClientRect();
  mark(found.boxes, true);
  if (!found.boxes.length) showCard([make("p", {}, `“${text}” is not on these pages. Give at least four letters.`)], box.left, box.bottom, from);
  else showCard(describeWord(found), box.left, box.bottom, from);
  find("card").querySelector("a, button").focus();
}

/** Mark what the pages show of a place in the files. */
export async function markPlace(place) {
  const found = await post("place", { view: shown.number, file: place.file, line: place.line, column: place.column });
  mark(found.boxes, true);
  return found.boxes.length > 0;
}
