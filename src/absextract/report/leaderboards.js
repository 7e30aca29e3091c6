const BOARDS = 40, ROWS = 15;
const COLUMNS = ["dataset", "metric", "kind", "unit", "rank", "method", "score", "score_verbatim", "value", "upper", "baseline", "evidence", "paper", "paper_id", "code_url",
  "setting", "deviation", "bound", "own", "dataset_id", "metric_id", "metric_by_default", "direction", "date"];
const OWN = 11, RANKED_BY = 13, BY_DEFAULT = 14, DATE = 15; // cells of a row
const ARROWS = { higher: "↑ higher is better", lower: "↓ lower is better", unknown: "? which way is better is not known" };
let boards = [], boardsShown = BOARDS;
const orders = new Map(); // of a board: column and direction that were asked for

const nameOf = (kind, place) => (place < 0 ? "" : index.names[kind][place][0]);
const idOf = (kind, place) => (place < 0 ? "" : index.ids[kind][place]);

function rowsOf(board) {
  const { column, up } = orders.get(board.whole) || { column: $("b-order").value, up: false };
  const rows = board.r.map((row, at) => ({ row, at }));
  if (column === "best") return rows;
  if (column === "newest") return rows.sort((a, b) => (b.row[DATE] || "").localeCompare(a.row[DATE] || "") || a.at - b.at);
  const text = { method: (row) => row[4] || "", paper: (row) => titleOf(papers[row[0]]) }[column];
  const value = ({ row }) => row[RANKED_BY];
  const compare = column === "score" ? (a, b) => (value(a) === null) - (value(b) === null) || (up ? 1 : -1) * (value(a) - value(b))
    : (a, b) => (up ? 1 : -1) * text(a.row).localeCompare(text(b.row));
  return rows.sort((a, b) => compare(a, b) || a.at - b.at);
}

const papersOf = (board) => (board.papers ??= new Set(board.r.map((row) => row[0])).size);

/* Equal scores have equal ranks; without a dataset, a metric or a better direction nothing is ranked. */
function ranks(board) {
  if (board.d < 0 || board.m < 0 || (board.way === "unknown" && board.k !== "change")) return board.r.map(() => "");
  let rank = 0;
  return board.r.map((row, at) => {
    if (row[RANKED_BY] === null) return "";
    if (at === 0 || row[RANKED_BY] !== board.r[at - 1][RANKED_BY]) rank = at + 1;
    return rank;
  });
}

function drawBoards(keep) {
  const [datasets, metrics] = [namesLike("datasets", $("b-dataset").value), namesLike("metrics", $("b-metric").value)];
  const kind = $("b-kind").value, least = Number($("b-least").value), all = $("b-all").checked;
  const whose = $("b-own").value;
  const views = index.boards.map((board) => ({ ...board, whole: board, r: whose ? board.r : board.r.filter((row) => row[OWN] !== false) }));
  const here = views.filter((board) => board.r.length);
  boards = here.filter((board) => (!datasets || datasets.has(board.d)) && (!metrics || metrics.has(board.m))
    && (!kind || board.k === kind) && (all || (board.d >= 0 && board.m >= 0)) && papersOf(board) >= least);
  if (!keep) boardsShown = BOARDS;
  const rows = boards.reduce((sum, board) => sum + board.r.length, 0);
  const left = all ? 0 : here.reduce((sum, board) => sum + (board.d < 0 || board.m < 0 ? board.r.length : 0), 0);
  $("board-count").textContent = `${plural(boards.length, "board", "boards")} with ${plural(rows, "result", "results")}`
    + (left ? `; ${plural(left, "more names", "more name")} no dataset or no metric` : "");
  $("csv").disabled = rows === 0;
  $("boards").replaceChildren(...boards.slice(0, boardsShown).map((board) => drawBoard(board, ROWS)));
  $("more-boards").hidden = boards.length <= boardsShown;
}

function spellings(board, part, identifier) {
  const names = board.s[part];
  if (names.length < 2) return "";
  return `${part} written ${names.slice(0, 8).join(", ")}: ${identifier ? `all are ${identifier} in the vocabulary` : "the same but for case and signs"}`;
}

/* Results under several settings stand on one board, but never unseen. */
function settingsOf(board) {
  const counts = new Map();
  for (const row of board.r) {
    const [said] = [...counts.keys()].filter((each) => sameKey(each) === sameKey(row[8]));
    counts.set(said ?? (row[8] || ""), (counts.get(said) || 0) + 1);
  }
  if (counts.size < 2) return "";
  return `settings differ: ${[...counts].sort(([a], [b]) => a.localeCompare(b)).map(([name, count]) => `${name || "none told"} (${count})`).join(", ")}`;
}

function boardNotes(board) {
  const way = board.k === "change" ? "changes, by size" : ARROWS[board.way];
  const guessed = board.r.filter((row) => row[BY_DEFAULT]).length;
  return [board.u ? `in ${board.u}` : "without a unit", way, `${plural(board.r.length, "result", "results")} of ${plural(papersOf(board), "paper", "papers")}`,
    guessed ? `${plural(guessed, "result names", "results name")} no metric: ${guessed === 1 ? "it stands" : "they stand"} under the dataset’s usual one (*)` : "",
    settingsOf(board), spellings(board, "dataset", idOf("datasets", board.d)), spellings(board, "metric", idOf("metrics", board.m))].filter(Boolean).join(" · ");
}

function drawBoard(board, most) {
  const name = board.n;
  const rank = ranks(board), rows = rowsOf(board), order = orders.get(board.whole), hasSettings = board.r.some((row) => row[8]);
  const hasDates = board.r.some((row) => row[DATE]);
  const section = el("section", { class: "board", "aria-label": name }, el("h3", { class: "data" }, name), el("p", { class: "data" }, boardNotes(board)), ...disagreements(board), bestOverTime(board));
  const head = (text, column, css) => {
    const sorted = order && order.column === column;
    const button = column ? el("button", { type: "button" }, `${text}${sorted ? (order.up ? " ▲" : " ▼") : " ↕"}`) : text;
    if (column) button.addEventListener("click", () => {
      orders.set(board.whole, { column, up: sorted ? !order.up : column !== "score" || board.way === "lower" });
      const again = drawBoard(board, most);
      section.replaceWith(again);
      [...again.querySelectorAll("thead button")].find((each) => each.textContent.startsWith(text)).focus();
    });
    return el("th", { scope: "col", class: css, "aria-sort": sorted ? (order.up ? "ascending" : "descending") : null }, button);
  };
  section.append(el("div", { class: "scroll" }, el("table", {}, el("thead", {}, el("tr", {}, head("#", "", "num"), head("Score", "score", "num"),
    head("Method", "method"), head("Against"), hasSettings ? head("Setting") : null, head("Evidence"), hasDates ? head("Date") : null, head("Paper", "paper"), head("Code"))),
  el("tbody", {}, ...rows.slice(0, most).map(({ row, at }) => drawRow(row, rank[at], hasSettings, hasDates))))));
  if (rows.length > most) {
    const more = el("button", { type: "button" }, `Show all ${number(rows.length)} results`);
    more.addEventListener("click", () => section.replaceWith(drawBoard(board, Infinity)));
    section.append(el("p", {}, more));
  }
  return section;
}

const WHOSE = { false: " (a rival’s or baseline’s)", null: "" };

function drawRow([paper, , , score, method, baseline, evidence, code, setting, , , own, told, , byDefault, date], rank, hasSettings, hasDates) {
  return el("tr", {}, el("td", { class: "num" }, rank), el("td", { class: "num data", title: told ? `in the text ${score}` : null }, told || score), el("td", { class: "name data" }, method || "–", byDefault ? " *" : null, WHOSE[own] || null),
    el("td", { class: "data" }, baseline || "–"), hasSettings ? el("td", { class: "data" }, setting || "–") : null,
    el("td", {}, evidence ? el("details", {}, el("summary", {}, "show"), el("blockquote", {}, evidence)) : "–"),
    hasDates ? el("td", { class: "date" }, date || "–") : null,
    el("td", { class: "paper" }, el("a", { href: `#paper-${paper}`, class: "data" }, titleOf(papers[paper])),
      papers[paper].url ? outLink(papers[paper].url, "↗", "the paper") : null),
    el("td", {}, (code && outLink(code, "code ↗", "code")) || "–"));
}

const sameKey = (text) => (text || "").toLowerCase().replace(/[^\p{L}\p{N}+*@.]/gu, "");

/* Where two papers give one method in one setting different scores, both stand side by side with their passages. */
function disagreements(board) {
  if (board.k !== "value" || board.d < 0 || board.m < 0) return [];
  const groups = new Map();
  for (const row of board.r) {
    if (!row[4] || row[RANKED_BY] === null) continue;
    const name = `${sameKey(row[4])} ${sameKey(row[8])}`;
    if (!groups.has(name)) groups.set(name, new Map());
    if (!groups.get(name).has(row[0])) groups.get(name).set(row[0], row);
  }
  return [...groups.values()].map((found_) => [...found_.values()])
    .filter((rows) => new Set(rows.map((row) => row[RANKED_BY])).size > 1)
    .map((rows) => el("details", { class: "disagree" }, el("summary", {}, `Papers disagree on ${rows[0][4]}: ${rows.map((row) => row[12] || row[3]).join(" and ")}`),
      ...rows.map((row) => el("blockquote", {}, `${row[12] || row[3]}: ${row[6] || ""} `, el("a", { href: `#paper-${row[0]}` }, titleOf(papers[row[0]]))))));
}

function svg(tag, attributes, text) {
  const node = document.createElementNS($("drawing").namespaceURI, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  if (text) node.textContent = text;
  return node;
}

/* A line of the best so far, and a dot for each result, where there are dates and a better direction. */
function bestOverTime(board) {
  const time = (date) => Date.parse(date);
  const rows = board.r.filter((row) => row[DATE] && row[RANKED_BY] !== null).sort((a, b) => time(a[DATE]) - time(b[DATE]));
  const [from, to] = [rows[0], rows.at(-1)].map((row) => row && time(row[DATE]));
  if (board.k !== "value" || board.way === "unknown" || board.d < 0 || board.m < 0 || !(to > from)) return null;
  const values = rows.map((row) => row[RANKED_BY]), least = Math.min(...values), most = Math.max(...values);
  const x = (row) => 20 + 480 * (time(row[DATE]) - from) / (to - from), y = (value) => 90 - (most > least ? 70 * (value - least) / (most - least) : 35);
  const picture = svg("svg", { class: "plot", viewBox: "0 0 520 120", role: "img", "aria-label": "The best score over time" });
  let best = null, line = "";
  for (const row of rows) {
    const value = row[RANKED_BY];
    if (best === null || (board.way === "lower" ? value < best : value > best)) {
      line += `${best === null ? "M" : `L${x(row)},${y(best)} L`}${x(row)},${y(value)} `;
      best = value;
    }
  }
  picture.append(svg("path", { d: `${line}L500,${y(best)}`, class: "best" }));
  for (const row of rows) {
    const dot = svg("circle", { cx: x(row), cy: y(row[RANKED_BY]), r: 4, class: "dot" });
    dot.append(svg("title", {}, `${row[12] || row[3]} ${row[4] || ""} ${row[DATE]}`));
    picture.append(dot);
  }
  picture.append(svg("text", { x: 20, y: 112 }, rows[0][DATE]), svg("text", { x: 500, y: 112, "text-anchor": "end" }, rows.at(-1)[DATE]));
  return picture;
}

/* As tables/csv_cells.py: what a spreadsheet would take for a formula, at the start or behind a break, gets an apostrophe. */
const FORMULA = /(^|\r\n|[\n\v\f\r\x85\u2028\u2029]|;(?=[=+\-@\uff0b\uff0d\uff1d\uff20]))(?=[\t\r]|[\x00-\x09\x0e-\x20\x7f-\x84\x86-\xa0\xad\u1680\u2000-\u200f\u202a-\u202f\u205f-\u206f\u3000\ufeff]*[=+\-@\uff0b\uff0d\uff1d\uff20])/g;
const QUOTED = /[",\x00-\x1f\x7f-\x9f\u2028\u2029]/;
const PLAIN_NUMBER = /^[+-]?[0-9.,]+[ \xa0]*%?(?![\s\S])/;

function cell(value) {
  if (value === null || value === undefined) return "";
  let text = String(value);
  if (typeof value === "string" && !PLAIN_NUMBER.test(text)) text = text.replace(FORMULA, "$1'");
  return QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function csvText() {
  const lines = [COLUMNS];
  for (const board of boards) {
    const rank = ranks(board);
    for (const { row, at } of rowsOf(board)) {
      const [paper, value, upper, score, method, baseline, evidence, code, setting, deviation, bound, own, told, , byDefault, date] = row;
      lines.push([nameOf("datasets", board.d), nameOf("metrics", board.m), board.k, board.u, rank[at], method, told || score, score, value, upper,
        baseline, evidence, plain(papers[paper].t), papers[paper].id, code, setting, deviation, bound, own, idOf("datasets", board.d), idOf("metrics", board.m),
        byDefault, board.way, date]);
    }
  }
  return lines.map((line) => line.map(cell).join(",")).join("\n") + "\n";
}

function startBoards() {
  $("board-filters").addEventListener("input", () => drawBoards());
  $("board-filters").addEventListener("submit", (event) => event.preventDefault());
  $("more-boards").addEventListener("click", () => { boardsShown += BOARDS; drawBoards(true); });
  $("csv").addEventListener("click", () => {
    const address = URL.createObjectURL(new Blob([csvText()], { type: "text/csv;charset=utf-8" }));
    el("a", { href: address, download: "leaderboards.csv" }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  });
}
