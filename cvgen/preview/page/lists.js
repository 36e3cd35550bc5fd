// The lists beside the pages: what was left out, what is wrong, and what the check found.

import { find, make, partButtons, placeLink, post, refill, say, showCard } from "./dom.js";
import { mark, markFindings, markPlace, showFill } from "./sheets.js";

export function start() {
  find("check-button").addEventListener("click", () => post("check").catch((error) => say(error.message)));
}

export function show(state) {
  showReport(state.report);
  showProblems(state);
  showCheck(state.check);
}

function showReport(report) {
  const left = report ? report.left_out.length : 0;
  find("count-content").textContent = left ? String(left) : "";
  showFill(report ? report.fill : null);
  refill(find("fill"), report && report.fill, () => (report ? describeFill(report) : make("p", { class: "empty" }, "The pages are being fitted …")));
  refill(find("ledger"), report && [report.shortened, report.left_out], () =>
    report ? [...describeList("Left out", report.left_out, "Everything of this variant is on the pages."), ...describeList("Shortened", report.shortened, "")] : [],
  );
}

function describeFill(report) {
  const rows = report.fill.map((share, page) => {
    const full = Math.round(share * 100);
    return make("li", {}, `Page ${page + 1}`, make("meter", { min: 0, max: 100, value: full, "aria-label": `Page ${page + 1} is ${full} percent full` }), `${full} %`);
  });
  const allowed = report.allowed ? `Fitted to ${report.allowed === 1 ? "1 page" : `${report.allowed} pages`}.` : "No number of pages is set.";
  return [make("h2", {}, "How full the pages are"), make("p", { class: "hint" }, allowed), make("ul", { class: "meters" }, ...rows)];
}

function describeList(name, rows, none) {
  if (!rows.length) return none ? [make("p", { class: "empty" }, none)] : [];
  const items = rows.map((one) =>
    make("li", {}, make("span", { class: "label" }, one.label || one.kind), make("span", { class: "hint" }, `${one.kind}: ${one.why}`),
      make("div", { class: "row" }, ...partButtons(one), one.place ? placeLink(one.place) : null)),
  );
  return [make("div", { class: "section-title" }, make("h2", {}, name), make("span", { class: "hint" }, String(rows.length))), make("ul", { class: "rows" }, ...items)];
}

function describeProblem(one, extra = null) {
  const show = one.place && one.place.line
    ? make("button", { type: "button", class: "small", "aria-label": `Show on the page: ${one.message}`, onclick: async (event) => {
        const box = event.currentTarget.getBoundingClientRect();
        if (extra && extra.boxes && extra.boxes.length) mark(extra.boxes, true);
        else if (!(await markPlace(one.place))) showCard([make("p", {}, "The pages do not show this place.")], box.left, box.bottom, event.target);
      } }, "Show on the page")
    : null;
  return make("li", { class: "problem", "data-severity": one.severity },
    make("div", { class: "row" }, make("span", { class: "badge", "data-severity": one.severity }, extra && extra.check ? extra.check : one.severity), extra && extra.page ? make("span", { class: "hint" }, `page ${extra.page}`) : null),
    make("span", {}, one.message), one.hint ? make("span", { class: "hint" }, `→ ${one.hint}`) : null,
    one.place && one.place.quote ? make("code", { class: "quote" }, one.place.quote) : null,
    make("div", { class: "row" }, show, one.place ? placeLink(one.place) : null));
}

function showProblems(state) {
  const count = find("count-problems");
  const errors = state.problems.filter((one) => one.severity === "error");
  count.textContent = state.problems.length ? String(state.problems.length) : "";
  count.dataset.severity = errors.length ? "error" : "";
  refill(find("problems"), state.problems, () =>
    state.problems.length ? make("ul", { class: "rows" }, ...state.problems.map((one) => describeProblem(one))) : make("p", { class: "empty" }, "Nothing is wrong."),
  );
  const alert = find("alert");
  alert.hidden = !(errors.length || state.bug);
  refill(alert, [errors, state.bug, Boolean(state.view)], () => {
    if (state.bug) return [make("h2", {}, "cvgen has a fault. Please report this:"), make("pre", {}, state.bug)];
    if (!errors.length) return [];
    const more = errors.length > 3 ? make("p", {}, `and ${errors.length - 3} more under Problems`) : null;
    const kept = state.view ? "The pages below are from before." : "The pages appear once this is mended.";
    return [make("h2", {}, errors.length === 1 ? `1 error. ${kept}` : `${errors.length} errors. ${kept}`),
      make("ul", {}, ...errors.slice(0, 3).map((one) => make("li", {}, one.place ? placeLink(one.place) : null, one.place ? " " : null, one.message, one.hint ? make("span", { class: "hint" }, ` → ${one.hint}`) : null))), more].filter(Boolean);
  });
  find("sheets").classList.toggle("is-old", Boolean(errors.length && state.view));
}

function showCheck(check) {
  const isRunning = check && check.status === "running";
  find("check-button").disabled = Boolean(isRunning);
  const findings = check && check.status === "done" ? check.findings : [];
  refill(find("findings"), check, () => {
    if (!check) return [];
    if (isRunning) return make("p", { class: "empty" }, "Reading the pages back …");
    const old = check.is_old ? make("p", { class: "hint" }, "The document has changed since; check it again.") : null;
    if (!findings.length) return [old, make("p", { class: "empty" }, "The check found nothing.")];
    return [old, make("ul", { class: "rows" }, ...findings.map((one) => describeProblem(one, one)))];
  });
  markFindings(check && !check.is_old ? findings : []);
}
