// The controls: variant, theme and the like, and one for each option that the theme's manifest has.

import { find, later, make, post, refill, say } from "./dom.js";

const GROUPS = [
  ["Colours", (one) => one.type === "color"],
  ["Fonts", (one) => one.type === "font"],
  ["Sizes and spaces", (one) => one.type === "number"],
  ["Arrangement", (one) => one.type === "choice" || one.type === "list"],
  ["On and off", (one) => one.type === "switch"],
];
const SECONDS_TO_READ = 8;
let tried = {};
let written = "";
let shown = null;
let read = 0;

const change = async (what) => {
  written = "";
  try {
    await post("choices", what);
  } catch (error) {
    say(error.message);
  }
};
// Several options can be changed before the first one is sent
let moved = {};
const sendMoved = later(90, () => {
  const options = moved;
  moved = {};
  change({ options });
});
const changeOption = (name, value) => {
  moved[name] = value;
  sendMoved();
};

function fill(id, choices, value, isTried) {
  const select = find(id);
  refill(select, choices, () => choices.map(([key, text]) => make("option", { value: key }, text)));
  if (document.activeElement !== select || select.value !== value) select.value = value;
  select.closest(".field").classList.toggle("is-tried", isTried);
}

export function start() {
  for (const id of ["variant", "letter", "theme", "language", "engine", "shape"]) {
    find(id).addEventListener("change", (event) => change({ [id]: event.target.value || null }));
  }
  find("pages").addEventListener("change", (event) => change({ pages: event.target.value ? Number(event.target.value) : null }));
  find("reset").addEventListener("click", () => change({ reset: true }));
  find("write").addEventListener("click", async () => {
    const { variant } = find("tried-text").dataset;
    try {
      await post("write");
      sayWritten(variant);
    } catch (error) {
      say(error.message);
    }
  });
  find("option-filter").addEventListener("input", filterOptions);
}

function sayWritten(variant) {
  written = `Written to the variant ${variant}.`;
  clearTimeout(read);
  read = setTimeout(() => {
    written = "";
    showTried(shown);
  }, SECONDS_TO_READ * 1000);
  showTried(shown);
}

export function show(state) {
  const controls = state.controls;
  tried = state.tried;
  if (state.status === "failed") written = ""; // else it would read like news beside the error
  shown = controls || shown;
  showTried(controls);
  if (!controls) return;
  const now = controls.now;
  const variants = controls.variants.length ? controls.variants : ["default"];
  fill("variant", variants.map((name) => [name, name]), now.variant, false);
  find("letter-field").hidden = controls.letters.length === 0;
  fill("letter", [["", "CV"], ...controls.letters.map((name) => [name, `Letter: ${name}`])], now.letter || "", false);
  fill("theme", controls.themes.map((name) => [name, name]), now.theme, Boolean(tried.theme));
  find("about-theme").textContent = controls.about_theme;
  fill("language", controls.spoken.map((one) => [one.code, `${one.name} (${one.code})`]), now.language, Boolean(tried.language));
  const pages = [["", tried.pages ? "The variant’s" : now.pages ? `Variant’s (${now.pages})` : "Any number"]];
  for (let count = 1; count <= 9; count += 1) pages.push([String(count), count === 1 ? "1 page" : `${count} pages`]);
  fill("pages", pages, tried.pages ? String(tried.pages) : "", Boolean(tried.pages));
  fill("engine", controls.engines.map((one) => [one.name, one.title]), now.engine, false);
  if (find("shape").value !== tried.shape) find("shape").value = tried.shape;
  showOptions(controls.options);
}

function showTried(controls) {
  const names = ["theme", "language", "pages"].filter((name) => tried[name]);
  names.push(...Object.keys(tried.options || {}).map(say_name));
  find("tried").hidden = !names.length && !written;
  find("tried-buttons").hidden = !names.length;
  if (!names.length) {
    if (written) find("tried-text").textContent = written;
    return;
  }
  const variant = controls ? controls.now.variant : tried.variant;
  find("tried-text").dataset.variant = variant;
  find("tried-text").textContent = `Tried out: ${names.join(", ")}. Nothing is in your files yet; “Write to profile” adds it to the variant ${variant}${tried.letter ? ", which the letter goes with" : ""}.`;
}

const say_name = (name) => name.replaceAll("_", " ");
const title = (name) => say_name(name).replace(/^./, (letter) => letter.toUpperCase());

function showOptions(options) {
  const shape = options.map(({ value, ...rest }) => rest);
  refill(find("options"), shape, () => {
    const groups = GROUPS.map(([name, has]) => [name, options.filter(has)]).filter(([, found]) => found.length);
    return groups.map(([name, found], number) =>
      make("details", { class: "group", open: number === 0 }, make("summary", {}, `${name} (${found.length})`), ...found.map(makeOption)),
    );
  });
  for (const one of options) updateOption(one);
  filterOptions();
}

function makeOption(one) {
  const id = `option-${one.name}`;
  const undo = make("button", { type: "button", class: "undo", hidden: true, "aria-label": `Undo ${say_name(one.name)}`, onclick: () => change({ options: { [one.name]: null } }) }, "Undo");
  const hint = make("p", { class: "hint", id: `${id}-about` }, one.description);
  const box = make("div", { class: "option", "data-name": one.name });
  if (one.type === "switch") {
    const input = make("input", { type: "checkbox", id, "aria-describedby": hint.id, onchange: (event) => change({ options: { [one.name]: String(event.target.checked) } }) });
    box.append(make("div", { class: "option-head" }, make("label", { class: "switch", for: id }, input, title(one.name)), undo), hint);
    return box;
  }
  const right = make("span", { class: "row" }, make("output", { for: id }), undo);
  box.append(make("div", { class: "option-head" }, make("label", { class: "option-name", for: id }, title(one.name)), right));
  box.append(...makeInput(one, id, hint.id), hint);
  return box;
}

function makeInput(one, id, about) {
  const basics = { id, "aria-describedby": about };
  if (one.type === "color") return [make("input", { ...basics, type: "color", oninput: (event) => changeOption(one.name, event.target.value) })];
  if (one.type === "number") {
    return [make("input", { ...basics, type: "range", min: one.min, max: one.max, step: one.step, oninput: (event) => {
      showValue(one, event.target.value);
      changeOption(one.name, event.target.value);
    } })];
  }
  if (one.type === "choice") {
    return [make("select", { ...basics, onchange: (event) => change({ options: { [one.name]: event.target.value } }) }, ...one.choices.map((value) => make("option", { value }, value)))];
  }
  const input = make("input", { ...basics, type: "text", autocomplete: "off", onchange: (event) => change({ options: { [one.name]: event.target.value } }) });
  if (one.type !== "font") return [input];
  input.setAttribute("list", `${id}-list`);
  return [input, make("datalist", { id: `${id}-list` }, ...one.choices.map((value) => make("option", { value })))];
}

function showValue(one, value) {
  const output = document.querySelector(`.option[data-name="${one.name}"] output`);
  if (output && one.type === "number") output.textContent = `${value}${one.unit ? ` ${one.unit}` : ""}`;
  if (output && one.type === "color") output.textContent = value;
}

function updateOption(one) {
  const input = find(`option-${one.name}`);
  const isTried = Object.hasOwn(tried.options, one.name);
  const box = input.closest(".option");
  box.classList.toggle("is-tried", isTried);
  box.querySelector(".undo").hidden = !isTried;
  if (document.activeElement === input && isTried) return; // it is being moved
  if (one.type === "switch") input.checked = one.value === "true";
  else input.value = one.value;
  showValue(one, one.value);
}

function filterOptions() {
  const wanted = find("option-filter").value.trim().toLowerCase();
  for (const group of document.querySelectorAll("#options details")) {
    let count = 0;
    for (const box of group.querySelectorAll(".option")) {
      const has = !wanted || box.textContent.toLowerCase().includes(wanted);
      box.hidden = !has;
      count += has;
    }
    group.hidden = count === 0;
    if (wanted && !group.dataset.before) group.dataset.before = group.open ? "open" : "closed";
    if (wanted) group.open = true;
    else if (group.dataset.before) {
      group.open = group.dataset.before === "open";
      delete group.dataset.before;
    }
  }
}
