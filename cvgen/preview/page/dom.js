// Small helpers: elements, requests, and the card that shows where a word comes from.

export const find = (id) => document.getElementById(id);

/** An element: make("p", {class: "hint", onclick: f}, "text", child …). */
export function make(name, about = {}, ...inside) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(about)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value);
  }
  element.append(...inside.filter((one) => one !== null && one !== undefined && one !== ""));
  return element;
}

/** Ask the server for something; gives its answer, or throws an Error that has its problems. */
export async function post(what, body = {}) {
  const answer = await fetch(what, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const data = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    const problem = (data.problems || [])[0];
    throw new Error(problem ? problem.message + (problem.hint ? `: ${problem.hint}` : "") : `refused (${answer.status})`);
  }
  return data;
}

export function later(wait, work) {
  let timer = 0;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => work(...given), wait);
  };
}

/** Fill `place` only if what it shows has changed, so that focus and selection stay. */
export function refill(place, data, build) {
  const key = JSON.stringify(data);
  if (place.dataset.key === key) return;
  place.dataset.key = key;
  place.replaceChildren(...[build()].flat().filter(Boolean));
}

let editor = { title: "VS Code", link: "", command: "" };

export function setEditor(named) {
  editor = named;
}

const fillIn = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

/** A link that opens a place in the editor, or a button that copies the command for it. */
export function placeLink(place) {
  if (!place) return null;
  const { path, line, column } = { ...place, line: place.line || 1, column: place.column || 1 };
  if (editor.link) {
    const href = fillIn(editor.link, { path: path.split("/").map(encodeURIComponent).join("/"), line, column });
    return make("a", { href, title: `Open this line in ${editor.title}` }, place.text);
  }
  const quoted = /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
  const command = fillIn(editor.command, { path: quoted, line, column });
  const copy = async (event) => {
    const button = event.currentTarget;
    await navigator.clipboard.writeText(command).then(() => (button.textContent = "Copied"), () => say(command));
    setTimeout(() => (button.textContent = place.text), 1200);
  };
  return make("button", { type: "button", class: "small place", title: `Copy: ${command}`, "aria-label": `Copy the command that opens ${place.text} in ${editor.title}`, onclick: copy }, place.text);
}

/** What a click on a place does. */
export const placeHint = () => (editor.link ? `opens in ${editor.title}` : `copies the command for ${editor.title}`);

/** The buttons that pin or hide a part. */
export function partButtons(part, after = () => {}) {
  const flag = (name, value) => async () => {
    try {
      await post("flag", { path: part.path, section: part.section, flag: name, value });
      after();
    } catch (error) {
      say(error.message);
    }
  };
  const buttons = [];
  const isHidden = (part.causes || []).includes("hidden");
  if (part.can_pin && !part.pinned) {
    buttons.push(make("button", { type: "button", class: "small", "aria-label": `Pin ${part.label}`, onclick: flag("pin", true) }, "Pin"));
  }
  if (part.can_pin && part.pinned && part.path[0] !== "publications") {
    buttons.push(make("button", { type: "button", class: "small", "aria-label": `Unpin ${part.label}`, onclick: flag("pin", false) }, "Unpin"));
  }
  if (part.can_hide && isHidden) {
    buttons.push(make("button", { type: "button", class: "small", "aria-label": `Show ${part.label} again`, onclick: flag("hidden", false) }, "Show again"));
  }
  if (part.can_hide && !isHidden) {
    buttons.push(make("button", { type: "button", class: "small", "aria-label": `Hide ${part.label}`, onclick: flag("hidden", true) }, "Hide"));
  }
  return buttons;
}

let opener = null;

export function closeCard() {
  const card = find("card");
  if (card.open) card.close();
  if (opener && opener.isConnected) opener.focus();
  opener = null;
}

/** Show a card with `content` near the point x, y of the window. */
export function showCard(content, x, y, from = null) {
  const card = find("card");
  if (card.open) card.close();
  opener = from;
  const close = make("button", { type: "button", class: "close", "aria-label": "Close", onclick: closeCard }, "✕");
  card.replaceChildren(make("div", { class: "card-body" }, ...content), close);
  card.show();
  const box = card.getBoundingClientRect();
  card.style.left = `${Math.max(12, Math.min(x, innerWidth - box.width - 12))}px`;
  card.style.top = `${Math.max(12, Math.min(y + 14, innerHeight - box.height - 12))}px`;
}

export function say(message) {
  showCard([make("h2", {}, "That did not work"), make("p", {}, message)], innerWidth / 2 - 200, innerHeight / 3);
}
