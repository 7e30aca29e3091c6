/* The report: its views. */
const papers = JSON.parse($("papers-data").textContent);
const index = JSON.parse($("index-data").textContent);
const NAMED = ["datasets", "tasks", "metrics"];
function titleOf(paper) {
  const text = plain(paper.t) || plain(paper.a);
  return text.trim() ? (text.length > 160 ? `${text.slice(0, 160)}…` : text) : `(no text) ${paper.id}`;
}

/* The filters of a view stand in the address behind a "?", so that it can be sent. */
const FORMS = { papers: "filters", leaderboards: "board-filters" };
const controls = (name) => [...$(FORMS[name]).elements].filter((each) => each.id && each.type !== "button");
const wordOf = (control) => control.id.replace(/^[a-z]+-/, "");

function keepAddress(name) {
  const kept = new URLSearchParams();
  for (const each of controls(name)) {
    const now = each.type === "checkbox" ? (each.checked ? "yes" : "") : each.value;
    if (now !== (each.options ? each.options[0].value : "")) kept.set(wordOf(each), now);
  }
  try { history.replaceState(null, "", `#${name}${kept.size ? `?${kept}` : ""}`); } catch { /* not allowed here */ }
}

function takeAddress(name, query) {
  const given = new URLSearchParams(query);
  for (const each of controls(name)) {
    const value = given.get(wordOf(each));
    if (each.type === "checkbox") each.checked = value === "yes";
    else if (!each.options) each.value = value || "";
    else each.value = [...each.options].some((option) => option.value === value) ? value : each.options[0].value;
  }
  if (name === "papers") {
    if (controls(name).some((each) => each.id !== "q" && each.value)) $("more").open = true;
    applyFilters();
  } else {
    drawn.boards = true;
    drawBoards();
  }
}

/* Views: the part of the address after # says which is shown. */
const drawn = {};
function show() {
  const [place, query] = location.hash.slice(1).split("?");
  const [view, which] = place.split("-");
  const name = ["papers", "leaderboards", "overview"].includes(view) ? view : "papers";
  for (const link of document.querySelectorAll("[data-view]")) {
    const here = link.dataset.view === name;
    $(`${link.dataset.view}-view`).hidden = !here;
    if (here) link.setAttribute("aria-current", "page"); else link.removeAttribute("aria-current");
  }
  if (query !== undefined && FORMS[name]) takeAddress(name, query);
  else if (name === "papers" && view !== "paper") keepAddress("papers");
  if (name === "leaderboards" && !drawn.boards) { drawn.boards = true; drawBoards(); }
  if (view === "paper" && papers[which]) goToPaper(Number(which));
}

function start() {
  startTheme();
  $("print").addEventListener("click", () => window.print());
  for (const kind of NAMED) fill($(`l-${kind}`), index.names[kind].slice(0, 500).map((names) => [names[0], ""]));
  for (const node of document.querySelectorAll("[data-filter]")) {
    node.addEventListener("click", () => filterBy(node.dataset.filter, node.dataset.value));
  }
  if (!index.papers) for (const node of document.querySelectorAll(".paper-only, [data-view=leaderboards]")) node.hidden = true;
  $("more").open = matchMedia("(min-width: 52rem)").matches;  // a phone shows a paper first
  startPapers();
  startBoards();
  for (const name of Object.keys(FORMS)) $(FORMS[name]).addEventListener("input", () => keepAddress(name));
  window.addEventListener("hashchange", show);
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, select, textarea");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !$("papers-view").hidden) {
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
