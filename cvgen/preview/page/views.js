// The other two views: the document in every theme, and two variants or states side by side.

import { find, make, placeLink, post, refill, say } from "./dom.js";
import { pageAddress } from "./sheets.js";

let open = () => {};

export function start(openDocument) {
  open = openDocument;
  for (const id of ["pick-a", "pick-b"]) find(id).addEventListener("change", (event) => (event.target.dataset.picked = event.target.value));
  find("pick").addEventListener("submit", (event) => {
    event.preventDefault();
    const side = (name) => ({ variant: find(`pick-${name}`).value, state: find(`state-${name}`).value });
    post("compare", { a: side("a"), b: side("b") }).catch((error) => say(error.message));
  });
}

/** Ask which states git has of the files; without any, only variants are offered. */
export async function askForStates() {
  const { states } = await post("states").catch(() => ({ states: [] }));
  for (const field of document.querySelectorAll(".state-field")) field.hidden = states.length === 0;
  const choices = [["", "As they are now"], ...states.map((one) => [one.revision, `${one.day} ${one.subject} (${one.revision})`])];
  for (const id of ["state-a", "state-b"]) {
    const select = find(id);
    const before = select.value;
    refill(select, choices, () => choices.map(([value, text]) => make("option", { value }, text)));
    select.value = choices.some(([value]) => value === before) ? before : "";
  }
}

const nameSide = (side) => (side.state ? `${side.variant} at ${side.state}` : side.variant);

export function show(state) {
  showGallery(state);
  showPick(state);
  showComparison(state.comparison);
}

function showGallery(state) {
  const themes = state.gallery ? state.gallery.themes : [];
  const now = state.controls ? state.controls.now.theme : "";
  const place = find("gallery");
  if (!place.firstChild || place.dataset.count !== String(themes.length)) {
    place.dataset.count = themes.length;
    place.replaceChildren(make("ul", { class: "tiles" }, ...themes.map((one) => make("li", { class: "tile", "data-theme": one.theme }))));
  }
  for (const one of themes) {
    const tile = place.querySelector(`.tile[data-theme="${CSS.escape(one.theme)}"]`);
    refill(tile, [one, one.theme === now], () => describeTile(one, one.theme === now));
  }
}

function describeTile(one, isNow) {
  const paper = make("div", { class: "paper" });
  if (one.number) paper.append(make("img", { src: pageAddress(one.number, 0, 600), alt: `First page in the theme ${one.theme}`, loading: "lazy" }));
  const count = one.pages && one.pages.length ? (one.pages.length === 1 ? "1 page" : `${one.pages.length} pages`) : "";
  const about = one.status === "running" ? "waiting …" : one.number ? count + (one.is_final ? "" : ", not fitted yet") : one.problems[0].message;
  const use = async () => {
    await post("choices", { theme: one.theme }).catch((error) => say(error.message));
    open();
  };
  return [paper, make("div", { class: "row" }, make("h3", {}, one.theme), isNow ? make("span", { class: "hint" }, "shown now") : make("button", { type: "button", class: "small", "aria-label": `Try ${one.theme}`, onclick: use }, "Try it")), make("p", { class: "hint" }, about)];
}

function showPick(state) {
  const variants = state.controls ? state.controls.variants : [];
  const now = state.controls ? state.controls.now.variant : "";
  const other = variants.find((name) => name !== now) || now;
  for (const [id, usual] of [["pick-a", now], ["pick-b", other]]) {
    const select = find(id);
    refill(select, variants, () => variants.map((name) => make("option", { value: name }, name)));
    const picked = select.dataset.picked; // by the person; else the variant that is shown, beside another one
    select.value = variants.includes(picked) ? picked : usual;
  }
}

function showComparison(found) {
  refill(find("compared"), found, () => {
    if (!found) return make("p", { class: "empty" }, "Choose two variants, or two states of one. Both are printed as they are in the files, without what you try out.");
    if (found.status === "running") return make("p", { class: "empty" }, `Printing ${nameSide(found.a)} and ${nameSide(found.b)} …`);
    const count = found.rows.length;
    const about = count ? [`${count === 1 ? "1 difference" : `${count} differences`}, marked on the pages and `, make("a", { href: "#differences" }, "listed below them"), "."] : ["Both have the same texts."];
    const sides = ["a", "b"].map((side) => describeSide(found[side], found.rows, side));
    return [make("p", { class: "about" }, ...about), make("div", { class: "sides" }, ...sides), describeRows(found)];
  });
}

function describeSide(side, rows, name) {
  const pages = side.pages.map((size, page) => {
    const marks = rows.flatMap((row) => row.boxes[name].filter((box) => box.page === page).map((box) => markDifference(row, box)));
    return make("div", { class: "paper" }, make("img", { src: pageAddress(side.number, page, 1200), alt: `${nameSide(side)}, page ${page + 1}` }), ...marks);
  });
  const problems = side.number ? [] : side.problems.map((one) => make("p", {}, one.message));
  return make("div", {}, make("h2", {}, `${nameSide(side)}${side.theme ? ` · ${side.theme}` : ""}`), ...problems, ...pages);
}

function markDifference(row, box) {
  const mark = make("div", { class: `mark ${row.change === "wording" ? "" : "only"}` });
  for (const edge of ["left", "top", "width", "height"]) mark.style[edge] = `${box[edge] * 100}%`;
  return mark;
}

const CHANGES = { only_a: "only in the first", only_b: "only in the second", wording: "other words", order: "other order" };

function describeRows(found) {
  if (!found.rows.length) return null;
  const rows = found.rows.map((one) => {
    const texts = (side) => one.texts.map((text) => text[side]).filter(Boolean).join(" · ");
    const name = make("th", { scope: "row" }, one.label || one.section || "The head", make("p", { class: "hint" }, [one.section, ...one.within].filter(Boolean).join(" › "), " ", placeLink(one.place)));
    return make("tr", {}, name, make("td", {}, CHANGES[one.change]), make("td", {}, texts("a")), make("td", {}, texts("b")));
  });
  const head = make("tr", {}, ...["Part", "Difference", nameSide(found.a), nameSide(found.b)].map((name) => make("th", { scope: "col" }, name)));
  const caption = make("h2", {}, found.rows.length === 1 ? "1 difference" : `${found.rows.length} differences`);
  const table = make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Differences" }, make("table", { class: "differences" }, make("thead", {}, head), make("tbody", {}, ...rows)));
  return make("div", { id: "differences" }, caption, table);
}
