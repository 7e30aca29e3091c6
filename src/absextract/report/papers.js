const PAGE = 250;
const FAMILIES = { task: "task", tasks: "task", method: "method", methods: "method", baseline: "method", dataset: "dataset",
  datasets: "dataset", metric: "metric", metrics: "metric", score: "score", evidence: "evidence", quote: "evidence",
  url: "link", code_url: "link", links: "link" };
const others = new Map();
let found = [], page = 0, run = 0, waiting = null;

function colour(key) {
  if (Object.hasOwn(FAMILIES, key)) return `c-${FAMILIES[key]}`;
  if (!others.has(key)) others.set(key, `c-o${(others.size % 3) + 1}`);
  return others.get(key);
}

const fieldName = (key) => key.replaceAll("_", " ");

/* A text with its marked pieces; what a piece supports is said by the numbers of the values. */
function marked(parts, paper, into) {
  for (const part of parts) {
    if (typeof part === "string") { put(into, part); continue; }
    const values = part[0].filter((label) => label >= 0);
    const about = part[0].map((label) => (label >= 0 ? aboutValue(paper, label) : paper.f[-1 - label][2]));
    const piece = values.length
      ? el("mark", { class: colour(paper.v[values[0]][2]), "data-v": part[0].join(" "), title: about.join("; "), tabindex: -1 })
      : el("span", { class: "unclaimed", "data-v": part[0].join(" "), title: about.join("; "), tabindex: -1 });
    marked(part[1], paper, piece);
    into.append(piece);
  }
  return into;
}

function placeName(path) {
  return path.split("/").slice(1).reduce((said, part) => (/^\d+$/.test(part) && said
    ? `${said} ${Number(part) + 1}` : `${said}${said ? ", " : ""}${fieldName(part.replaceAll("~1", "/").replaceAll("~0", "~"))}`), "");
}

function aboutValue(paper, value) {
  const confidence = paper.p[value];
  return placeName(paper.v[value][0]) + (confidence === undefined ? "" : `, confidence ${confidence.toFixed(2)}`);
}

function chip(paper, value, placed) {
  const [path, text, key] = paper.v[value];
  const doubt = paper.f.some((each) => each[5] === value) ? " doubt" : "";
  const button = placed.has(value)
    ? el("button", { type: "button", class: `chip ${colour(key)}${doubt}`, "data-v": value, title: aboutValue(paper, value) }, text)
    : el("span", { class: `chip unplaced${doubt}`, title: `${placeName(path)}: not marked in the text` }, text);
  const isLink = /^https?:\/\//i.test(text) && !/\s/.test(text);
  return el("span", {}, button, isLink ? " " : null, isLink ? outLink(text, "open ↗", "open the link") : null);
}

function values(paper, node, key, placed) {
  if (typeof node === "number") return chip(paper, node, placed);
  if (Array.isArray(node)) {
    const flat = node.every((item) => typeof item === "number");
    return el("ul", { class: flat ? "chips" : "" }, ...node.map((item) =>
      el("li", { class: typeof item === "number" ? "" : "items" }, values(paper, item, key, placed))));
  }
  return el("div", {}, ...Object.entries(node).map(([name, part]) => typeof part === "number"
    ? el("span", { class: "pair" }, el("span", { class: "key" }, fieldName(name)), " ", chip(paper, part, placed), " ")
    : el("div", {}, el("span", { class: "key" }, fieldName(name)), " ", values(paper, part, name, placed))));
}

function labelsIn(parts, into) {
  for (const part of parts) if (typeof part !== "string") { part[0].forEach((label) => into.add(label)); labelsIn(part[1], into); }
  return into;
}

function finding(paper, [code, severity, message, value, dropped, about, place], number_, placed) {
  const label = -1 - number_;
  const shown = value === null ? null : dropped ? el("del", { class: "data" }, value)
    : placed.has(label) ? el("button", { type: "button", class: "chip", "data-v": label }, value)
    : about >= 0 && placed.has(about) ? el("button", { type: "button", class: "chip", "data-v": about }, value)
    : el("span", { class: "data" }, value);
  return el("li", { class: `finding ${severity}` }, el("b", {}, dropped ? "dropped" : severity), " ",
    place ? `${place} ` : "", shown, el("span", { class: "why data" }, `${message} `, el("code", {}, code)));
}

function card(at) {
  const paper = papers[at];
  const placed = labelsIn(paper.a, labelsIn(paper.t, new Set()));
  const heading = el("h3", { id: `h${at}` });
  if (plain(paper.t).trim()) marked(paper.t, paper, heading); else heading.append(`(no title) ${paper.id}`);
  const sub = el("p", { class: "sub" }, el("span", { class: `status ${paper.s}` }, paper.s),
    el("span", { class: "data" }, `id ${paper.id}`), paper.from ? el("span", { class: "data" }, paper.from) : null,
    paper.by ? el("span", { class: "data" }, `by ${paper.by}${paper.n > 1 ? `, ${paper.n} answers` : ""}`) : null,
    paper.u ? el("span", {}, `${number(paper.u[0] + paper.u[1])} tokens`) : null,
    paper.url ? outLink(paper.url, "the paper ↗", "the paper") : null);
  const text = el("div", {}, marked(paper.a, paper, el("p", { class: "abstract" })));
  const side = el("dl", { class: "side" });
  if (paper.e) text.append(el("h4", {}, "Failed"), el("p", { class: "finding error data" }, `${paper.e[1]} `, el("code", {}, paper.e[0])));
  for (const [key, node] of Object.entries(paper.x || {})) {
    side.append(el("dt", {}, fieldName(key)), el("dd", {}, values(paper, node, key, placed)));
  }
  if (!paper.x && !paper.e) text.append(el("p", { class: "meta" }, "Nothing found."));
  if (paper.f.length) {
    text.append(el("h4", {}, plural(paper.f.length, "finding", "findings")),
      el("ul", { class: "findings" }, ...paper.f.map((each, place) => finding(paper, each, place, placed))));
  }
  if (paper.meta.length) {
    text.append(el("details", { class: "meta" }, el("summary", {}, "More of the input"),
      el("dl", {}, ...paper.meta.flatMap(([key, value]) => [el("dt", { class: "data" }, key), el("dd", { class: "data" }, value)]))));
  }
  return el("article", { class: "card", id: `card${at}`, tabindex: -1, "aria-labelledby": `h${at}` }, heading, sub,
    el("div", { class: "cols" }, text, side));
}

/* What a search looks at, made once. */
const haystacks = papers.map((paper) => [plain(paper.t), plain(paper.a), paper.id, ...paper.v.map((v) => v[1]),
  ...paper.f.map((f) => f[3] || ""), ...paper.meta.map((m) => m[1])].join("\n").toLowerCase());

function applyFilters() {
  const words = $("q").value.toLowerCase().split(/\s+/).filter(Boolean);
  const [status, field, code, order] = ["status", "field", "code", "order"].map((name) => $(`f-${name}`).value);
  const problem = $("f-finding").value;
  const named = NAMED.map((kind) => namesLike(kind, $(`f-${kind}`).value));
  found = [];
  papers.forEach((paper, at) => {
    if (status && paper.s !== status) return;
    if (field && !(paper.x && Object.hasOwn(paper.x, field))) return;
    if (code && (code === "yes") !== Boolean(paper.c)) return;
    if (problem && !matches(paper, problem)) return;
    if (named.some((set, kind) => set && !index.of[at][kind].some((name) => set.has(name)))) return;
    if (words.every((word) => haystacks[at].includes(word))) found.push(at);
  });
  if (order === "title") found.sort((a, b) => titles()[a].localeCompare(titles()[b]));
  if (order === "findings") found.sort((a, b) => papers[b].f.length - papers[a].f.length);
  if (order === "results") found.sort((a, b) => resultCount(b) - resultCount(a));
  draw(0);
}

const resultCount = (at) => (papers[at].x && Array.isArray(papers[at].x.results) ? papers[at].x.results.length : 0);
const titles = () => (drawn.titles ??= papers.map((paper) => titleOf(paper).toLowerCase()));

function matches(paper, problem) {
  if (problem === "none") return !paper.f.length;
  if (problem === "dropped") return paper.f.some((f) => f[4]);
  return paper.f.some((f) => f[0] === problem) || (paper.e !== null && paper.e[0] === problem);
}

/* The first cards at once, the rest when the page has time. */
function draw(to) {
  page = to;
  const mine = ++run, shown = found.slice(page * PAGE, (page + 1) * PAGE);
  if (globalThis.CSS?.highlights) CSS.highlights.delete("search");
  let at = Math.min(shown.length, 12);
  const first = shown.slice(0, at).map(card);
  $("list").replaceChildren(...first);
  highlight(first);
  const rest = () => {
    if (mine !== run) return;
    const more = shown.slice(at, at += 30).map(card);
    $("list").append(...more);
    highlight(more);
    waiting = at < shown.length ? setTimeout(rest, 0) : null;
  };
  clearTimeout(waiting);
  waiting = at < shown.length ? setTimeout(rest, 0) : null;
  drawn.finish = () => { while (waiting !== null && mine === run) { clearTimeout(waiting); rest(); } };
  say(shown.length);
}

function say(shown) {
  const filters = [...$("filters").elements].filter((each) => each.value && each.id !== "f-order" && each.type !== "button")
    .map((each) => `${each.closest("label").firstChild.textContent.trim().toLowerCase()}: ${each.selectedOptions ? each.selectedOptions[0].textContent : each.value}`);
  $("count").textContent = papers.length === 0 ? "The file holds no records." : (filters.length
    ? `${number(found.length)} of ${plural(papers.length, "paper", "papers")} (${filters.join("; ")})` : plural(papers.length, "paper", "papers"));
  const pages = Math.max(1, Math.ceil(found.length / PAGE));
  $("pager").hidden = pages === 1;
  $("where").textContent = `${number(page * PAGE + 1)} to ${number(page * PAGE + shown)} of ${number(found.length)}`;
  $("prev").disabled = page === 0;
  $("next").disabled = page >= pages - 1;
}

/* The searched words in the texts that are shown, without changing them. */
function highlight(cards) {
  const words = $("q").value.toLowerCase().split(/\s+/).filter((word) => word.length > 1);
  if (!words.length || !globalThis.CSS?.highlights) return;
  const hits = CSS.highlights.get("search") || new Highlight();
  for (const each of cards) {
    const texts = document.createTreeWalker(each, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const text = texts.currentNode.data.toLowerCase();
      if (text.length !== texts.currentNode.data.length) continue;
      for (const word of words) {
        for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
          const range = new Range();
          range.setStart(texts.currentNode, at);
          range.setEnd(texts.currentNode, at + word.length);
          hits.add(range);
        }
      }
    }
  }
  CSS.highlights.set("search", hits);
}

function filterBy(name, value) {
  clearFilters();
  $(`f-${name}`).value = NAMED.includes(name) ? index.names[name][Number(value)][0] : value;
  location.hash = "papers";
  applyFilters();
}

function clearFilters() {
  $("filters").reset();
}

function goToPaper(at) {
  if (!found.includes(at)) { clearFilters(); applyFilters(); }
  const place = found.indexOf(at);
  if (Math.floor(place / PAGE) !== page) draw(Math.floor(place / PAGE));
  drawn.finish();
  arrive($(`card${at}`));
}

/* Cards out of sight have guessed heights; they get their own on the way, so the place is looked for again. */
function arrive(node, times = 3) {
  node.focus({ preventScroll: true });
  node.scrollIntoView({ block: "start" });
  if (times) requestAnimationFrame(() => arrive(node, times - 1));
}

/* Which other pieces of a card belong to one. */
function partners(node) {
  const labels = new Set(node.dataset.v.split(" "));
  return [...node.closest(".card").querySelectorAll("[data-v]")].filter((each) => each.dataset.v.split(" ").some((label) => labels.has(label)));
}

function heat(node) {
  for (const each of $("list").querySelectorAll(".hot")) each.classList.remove("hot");
  if (node) for (const each of partners(node)) each.classList.add("hot");
}

function jump(node) {
  const inText = node.matches("mark, .unclaimed");
  const other = partners(node).find((each) => each.matches("mark, .unclaimed") !== inText);
  if (!other) return;
  other.focus({ preventScroll: true });
  other.scrollIntoView({ block: "nearest" });
  heat(other);
}

function startPapers() {
  const count = (list) => [...list.reduce((all, each) => all.set(each, (all.get(each) || 0) + 1), new Map())].sort((a, b) => b[1] - a[1]);
  const options = (list, name) => count(list).map(([value, n]) => [value, `${name(value)} (${number(n)})`]);
  fill($("f-status"), [["", "all"], ...options(papers.map((paper) => paper.s), (s) => s)]);
  fill($("f-field"), [["", "all"], ...options(papers.flatMap((paper) => Object.keys(paper.x || {})), fieldName)]);
  const codes = papers.flatMap((paper) => [...new Set([...paper.f.map((f) => f[0]), ...(paper.e ? [paper.e[0]] : [])])]);
  fill($("f-finding"), [["", "all"], ["none", "no finding"], ["dropped", "a dropped value"], ...options(codes, fieldName)]);
  $("filters").addEventListener("input", applyFilters);
  $("filters").addEventListener("submit", (event) => event.preventDefault());
  $("clear").addEventListener("click", () => { clearFilters(); applyFilters(); });
  $("prev").addEventListener("click", () => { draw(page - 1); $("count").scrollIntoView(); });
  $("next").addEventListener("click", () => { draw(page + 1); $("count").scrollIntoView(); });
  window.addEventListener("beforeprint", () => drawn.finish());
  const list = $("list"), piece = (event) => event.target.closest("[data-v]");
  list.addEventListener("mouseover", (event) => heat(piece(event)));
  list.addEventListener("mouseleave", () => heat(null));
  list.addEventListener("focusin", (event) => heat(piece(event)));
  list.addEventListener("click", (event) => { if (piece(event) && getSelection().isCollapsed) jump(piece(event)); });
  $("papers-view").addEventListener("keydown", keys);
  applyFilters();
}

function keys(event) {
  const at = event.target, inCard = at.closest(".card");
  if (event.key === "Escape") {
    if (at.id === "q") { at.value = ""; applyFilters(); }
    else if (inCard && at !== inCard) { heat(null); inCard.focus(); }
    else if (inCard) $("q").focus();
  } else if (event.key === "Enter" && at.matches("mark, .unclaimed")) { event.preventDefault(); jump(at); }
  else if (event.key === "Enter" && at === inCard) { event.preventDefault(); (at.querySelector(".side button[data-v]") || at.querySelector("button[data-v]"))?.focus(); }
  else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && (at.id === "q" || inCard)) {
    const next = inCard ? (event.key === "ArrowDown" ? inCard.nextElementSibling : inCard.previousElementSibling)
      : event.key === "ArrowDown" ? $("list").firstElementChild : null;
    event.preventDefault();
    if (next) arrive(next, 0);
    else if (inCard && event.key === "ArrowUp") $("q").focus();
  }
}
