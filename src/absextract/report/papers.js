/* The list of papers: filters, search, pages. */
const PAGE = 250;
let found = [], page = 0, run = 0, waiting = null;

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
  if (viewed === "overview") drawOverview();
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

/* The papers that one more filter leaves. */
function filterBy(name, value) {
  $(`f-${name}`).value = value;
  applyFilters();
  location.hash = addressOf("papers");
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

function startPapers() {
  const options = (list, name) => tally(list).map(([value, n]) => [value, `${name(value)} (${number(n)})`]);
  const having = (status) => papers.filter((paper) => paper.s === status).length;
  fill($("f-status"), [["", "all"], ...["ok", "flagged", "failed"].map((each) => [each, `${each} (${number(having(each))})`])]);
  fill($("f-field"), [["", "all"], ...options(papers.flatMap((paper) => Object.keys(paper.x || {})), fieldName)]);
  const codes = papers.flatMap((paper) => [...new Set([...paper.f.map((f) => f[0]), ...(paper.e ? [paper.e[0]] : [])])]);
  fill($("f-finding"), [["", "all"], ["none", "no finding"], ["dropped", "a dropped value"], ...options(codes, fieldName)]);
  $("filters").addEventListener("input", applyFilters);
  $("filters").addEventListener("submit", (event) => event.preventDefault());
  $("clear").addEventListener("click", () => { clearFilters(); applyFilters(); keepAddress(); });
  $("prev").addEventListener("click", () => { draw(page - 1); $("count").scrollIntoView(); });
  $("next").addEventListener("click", () => { draw(page + 1); $("count").scrollIntoView(); });
  window.addEventListener("beforeprint", () => drawn.finish());
  const list = $("list"), piece = (event) => event.target.closest("[data-v]");
  list.addEventListener("mouseover", (event) => heat(piece(event)));
  list.addEventListener("mouseleave", () => heat(null));
  list.addEventListener("focusin", (event) => heat(piece(event)));
  list.addEventListener("click", (event) => { if (piece(event) && getSelection().isCollapsed) jump(piece(event)); });
  $("main").addEventListener("keydown", keys);
  applyFilters();
}
