/* The report: its views. */
const papers = JSON.parse($("papers-data").textContent);
const index = JSON.parse($("index-data").textContent);
const NAMED = ["datasets", "tasks", "metrics"];
function titleOf(paper) {
  const text = plain(paper.t) || plain(paper.a);
  return text.trim() ? (text.length > 160 ? `${text.slice(0, 160)}…` : text) : `(no text) ${paper.id}`;
}

/* How often each thing is there, the most frequent first. */
const tally = (list) => [...list.reduce((all, each) => all.set(each, (all.get(each) || 0) + 1), new Map())].sort((a, b) => b[1] - a[1]);

/* The filters of a view stand in the address behind a "?", so that it can be sent. Papers and overview share theirs. */
const FORMS = { papers: "filters", overview: "filters", leaderboards: "board-filters" };
const controls = (name) => [...$(FORMS[name]).elements].filter((each) => each.id && each.type !== "button");
const wordOf = (control) => control.id.replace(/^[a-z]+-/, "");
let viewed = "papers";

function addressOf(name) {
  const kept = new URLSearchParams();
  for (const each of controls(name)) {
    const now = each.type === "checkbox" ? (each.checked ? "yes" : "") : each.value;
    if (now !== (each.options ? each.options[0].value : "")) kept.set(wordOf(each), now);
  }
  return `#${name}${kept.size ? `?${kept}` : ""}`;
}

function linkViews() {
  for (const link of document.querySelectorAll("[data-view]")) link.href = addressOf(link.dataset.view);
}

function keepAddress() {
  linkViews();
  try { history.replaceState(null, "", addressOf(viewed)); } catch { /* not allowed here */ }
}

function takeAddress(name, query) {
  const given = new URLSearchParams(query);
  for (const each of controls(name)) {
    const value = given.get(wordOf(each));
    if (each.type === "checkbox") each.checked = value === "yes";
    else if (!each.options) each.value = value || "";
    else each.value = [...each.options].some((option) => option.value === value) ? value : each.options[0].value;
  }
  if (name === "leaderboards") drawBoards();
  else applyFilters();
}

/* Views: the part of the address after # says which is shown. */
const drawn = {};
function show() {
  const [place, query] = location.hash.slice(1).split("?");
  const [view, which] = place.split("-");
  viewed = FORMS[view] ? view : "papers";
  for (const link of document.querySelectorAll("[data-view]")) {
    const here = link.dataset.view === viewed;
    $(`${link.dataset.view}-view`).hidden = !here;
    if (here) link.setAttribute("aria-current", "page"); else link.removeAttribute("aria-current");
  }
  $("choosing").hidden = viewed === "leaderboards";
  for (const node of document.querySelectorAll(".list-only")) node.hidden = viewed !== "papers" || (node.matches(".paper-only") && !index.papers);
  if (viewed === "leaderboards" && !drawn.boards) { drawn.boards = true; drawBoards(); }
  if (view !== "paper" && addressOf(viewed) !== `#${place}${query ? `?${query}` : ""}`) takeAddress(viewed, query);
  if (viewed === "overview") drawOverview();
  if (view === "paper" && papers[which]) goToPaper(Number(which));
  linkViews();
}

function start() {
  startTheme();
  $("print").addEventListener("click", () => window.print());
  for (const kind of NAMED) fill($(`l-${kind}`), index.names[kind].slice(0, 500).map((names) => [names[0], ""]));
  if (!index.papers) for (const node of document.querySelectorAll(".paper-only, [data-view=leaderboards]")) node.hidden = true;
  for (const id of ["more", "more-of-boards"]) $(id).open = matchMedia("(min-width: 52rem)").matches;  // a phone shows a paper first
  startPapers();
  startBoards();
  for (const form of new Set(Object.values(FORMS))) $(form).addEventListener("input", keepAddress);
  window.addEventListener("hashchange", show);
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, select, textarea");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !$("choosing").hidden) {
      event.preventDefault();
      $("q").focus();
    }
  });
  show();
}

/* Whether a merged name is meant by what was typed: the name itself in any spelling, else a part of one. */
function namesLike(kind, typed) {
  const wanted = typed.trim().toLowerCase();
  if (!wanted) return null;
  const whole = new Set(), part = new Set();
  index.names[kind].forEach((names, place) => {
    for (const name of names) {
      const lower = name.toLowerCase();
      if (lower === wanted) whole.add(place);
      if (lower.includes(wanted)) part.add(place);
    }
  });
  return whole.size ? whole : part;
}
