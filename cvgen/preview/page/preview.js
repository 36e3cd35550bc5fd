// The page of cvgen preview: follows the server's events, and hands each state to the parts of the page.

import { closeCard, find, post, say, setEditor } from "./dom.js";
import * as lists from "./lists.js";
import * as look from "./look.js";
import { beginRun, current, findWords, setSize, showView } from "./sheets.js";
import * as views from "./views.js";

const SAYS = { working: "Rendering …", fitting: "Fitting to the pages …", ready: "Up to date", failed: "Errors: the last good pages stay" };
let mode = "document";
let state = null;

async function show(next) {
  state = next;
  find("lost").hidden = true;
  setEditor(state.editor);
  beginRun(state.run);
  const now = state.controls && state.controls.now;
  const name = now ? `${state.profile} · ${now.letter ? `letter ${now.letter}` : now.variant}` : state.profile;
  find("profile").textContent = name;
  document.title = `${name} – preview`;
  const status = find("status");
  status.dataset.status = state.status;
  status.textContent = SAYS[state.status];
  look.show(state);
  await showView(state.view);
  if (state !== next) return;
  lists.show(state);
  views.show(state);
}

function follow() {
  const events = new EventSource("events");
  events.onmessage = (event) => show(JSON.parse(event.data));
  events.onerror = () => {
    find("lost").hidden = false;
    find("status").dataset.status = "lost";
    find("status").textContent = "No connection";
    if (events.readyState === EventSource.CLOSED) setTimeout(follow, 1000);
  };
}

// How far down each view was when it was left
const tops = {};

function switchTo(next) {
  if (mode === "gallery" && next !== "gallery") post("gallery/stop").catch(() => {});
  if (next === "gallery" && mode !== "gallery") post("gallery").catch((error) => say(error.message));
  if (next === "comparison" && mode !== "comparison") views.askForStates();
  const page = document.scrollingElement;
  tops[mode] = page.scrollTop;
  mode = next;
  closeCard();
  document.body.dataset.mode = mode;
  for (const name of ["document", "gallery", "comparison"]) find(name).hidden = name !== mode;
  for (const button of document.querySelectorAll(".modes button")) {
    button.setAttribute("aria-pressed", String(button.dataset.mode === mode));
  }
  page.scrollTop = tops[mode] || 0;
}

function selectTab(tab) {
  for (const one of document.querySelectorAll("[role=tab]")) {
    const isSelected = one === tab;
    one.setAttribute("aria-selected", String(isSelected));
    one.tabIndex = isSelected ? 0 : -1;
    find(one.getAttribute("aria-controls")).hidden = !isSelected;
  }
}

function moveTab(event) {
  const tabs = [...document.querySelectorAll("[role=tab]")];
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const next = tabs[(tabs.indexOf(event.target) + step + tabs.length) % tabs.length];
  selectTab(next);
  next.focus();
}

for (const tab of document.querySelectorAll("[role=tab]")) {
  tab.addEventListener("click", () => selectTab(tab));
  tab.addEventListener("keydown", moveTab);
}
for (const button of document.querySelectorAll(".modes button")) {
  button.addEventListener("click", () => switchTo(button.dataset.mode));
}
find("panel-button").addEventListener("click", (event) => {
  const isOpen = find("panel").classList.toggle("is-open");
  event.currentTarget.setAttribute("aria-expanded", String(isOpen));
});
find("find").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = find("find-text").value.trim();
  if (text && current().number) findWords(text, find("find-text"));
});
find("size").addEventListener("change", (event) => setSize(event.target.value));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeCard();
});
look.start();
lists.start();
views.start(() => switchTo("document"));
follow();
