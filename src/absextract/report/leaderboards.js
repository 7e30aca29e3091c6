const BOARDS = 40, ROWS = 15;
const COLUMNS = ["dataset", "metric", "kind", "unit", "rank", "method", "score", "value", "upper", "baseline", "evidence", "paper", "paper_id", "code_url",
  "setting", "deviation", "bound", "own"];
let boards = [], boardsShown = BOARDS;
const orders = new Map(); // of a board: column and direction that were asked for

const nameOf = (kind, place) => (place < 0 ? "" : index.names[kind][place][0]);
const scoreOrder = (board) => (board.low ? (a, b) => a - b : (a, b) => b - a);

function rowsOf(board) {
  const { column, up } = orders.get(board) || { column: "best", up: false };
  const rows = board.r.map((row, at) => ({ row, at }));
  if (column === "best") return rows;
  const text = { method: (row) => row[4] || "", paper: (row) => titleOf(papers[row[0]]) }[column];
  const compare = column === "score" ? (a, b) => (a.row[1] === null) - (b.row[1] === null) || (up ? 1 : -1) * (a.row[1] - b.row[1])
    : (a, b) => (up ? 1 : -1) * text(a.row).localeCompare(text(b.row));
  return rows.sort((a, b) => compare(a, b) || a.at - b.at);
}

const papersOf = (board) => (board.papers ??= new Set(board.r.map((row) => row[0])).size);

/* Equal scores have equal ranks; a result that names no dataset or metric is not ranked. */
function ranks(board) {
  if (board.d < 0 || board.m < 0) return board.r.map(() => "");
  let rank = 0;
  return board.r.map((row, at) => {
    if (row[1] === null) return "";
    if (at === 0 || row[1] !== board.r[at - 1][1]) rank = at + 1;
    return rank;
  });
}

function drawBoards(keep) {
  const [datasets, metrics] = [namesLike("datasets", $("b-dataset").value), namesLike("metrics", $("b-metric").value)];
  const kind = $("b-kind").value, least = Number($("b-least").value), all = $("b-all").checked;
  boards = index.boards.filter((board) => (!datasets || datasets.has(board.d)) && (!metrics || metrics.has(board.m))
    && (!kind || board.k === kind) && (all || (board.d >= 0 && board.m >= 0)) && papersOf(board) >= least);
  if (!keep) boardsShown = BOARDS;
  const rows = boards.reduce((sum, board) => sum + board.r.length, 0);
  const left = all ? 0 : index.boards.reduce((sum, board) => sum + (board.d < 0 || board.m < 0 ? board.r.length : 0), 0);
  $("board-count").textContent = `${plural(boards.length, "board", "boards")} with ${plural(rows, "result", "results")}`
    + (left ? `; ${plural(left, "more names", "more name")} no dataset or no metric` : "");
  $("csv").disabled = rows === 0;
  $("boards").replaceChildren(...boards.slice(0, boardsShown).map((board) => drawBoard(board, ROWS)));
  $("more-boards").hidden = boards.length <= boardsShown;
}

function spellings(kind, place) {
  const others_ = place < 0 ? [] : index.names[kind][place].slice(1);
  return others_.length ? `${index.names[kind][place][0]} is also written ${others_.slice(0, 8).join(", ")}` : "";
}

function boardNotes(board) {
  const way = board.k === "change" ? "changes, by size" : board.low ? "lower is better" : "higher is better";
  return [board.u ? `in ${board.u}` : "without a unit", way, `${plural(board.r.length, "result", "results")} of ${plural(papersOf(board), "paper", "papers")}`,
    spellings("datasets", board.d), spellings("metrics", board.m)].filter(Boolean).join(" · ");
}

function drawBoard(board, most) {
  const name = `${nameOf("datasets", board.d) || "(no dataset named)"} · ${nameOf("metrics", board.m) || "(no metric named)"}${board.k === "change" ? " · change" : ""}`;
  const rank = ranks(board), rows = rowsOf(board), order = orders.get(board), hasSettings = board.r.some((row) => row[8]);
  const section = el("section", { class: "board", "aria-label": name }, el("h3", { class: "data" }, name), el("p", { class: "data" }, boardNotes(board)));
  const head = (text, column, css) => {
    const sorted = order && order.column === column;
    const button = column ? el("button", { type: "button" }, `${text}${sorted ? (order.up ? " ▲" : " ▼") : " ↕"}`) : text;
    if (column) button.addEventListener("click", () => {
      orders.set(board, { column, up: sorted ? !order.up : column !== "score" || board.low });
      const again = drawBoard(board, most);
      section.replaceWith(again);
      [...again.querySelectorAll("thead button")].find((each) => each.textContent.startsWith(text)).focus();
    });
    return el("th", { scope: "col", class: css, "aria-sort": sorted ? (order.up ? "ascending" : "descending") : null }, button);
  };
  section.append(el("div", { class: "scroll" }, el("table", {}, el("thead", {}, el("tr", {}, head("#", "", "num"), head("Score", "score", "num"),
    head("Method", "method"), head("Against"), hasSettings ? head("Setting") : null, head("Evidence"), head("Paper", "paper"), head("Code"))),
  el("tbody", {}, ...rows.slice(0, most).map(({ row, at }) => drawRow(row, rank[at], hasSettings))))));
  if (rows.length > most) {
    const more = el("button", { type: "button" }, `Show all ${number(rows.length)} results`);
    more.addEventListener("click", () => section.replaceWith(drawBoard(board, Infinity)));
    section.append(el("p", {}, more));
  }
  return section;
}

function drawRow([paper, , , score, method, baseline, evidence, code, setting, , , , told], rank, hasSettings) {
  return el("tr", {}, el("td", { class: "num" }, rank), el("td", { class: "num data" }, told || score), el("td", { class: "name data" }, method || "–"),
    el("td", { class: "data" }, baseline || "–"), hasSettings ? el("td", { class: "data" }, setting || "–") : null,
    el("td", {}, evidence ? el("details", {}, el("summary", {}, "show"), el("blockquote", {}, evidence)) : "–"),
    el("td", { class: "paper" }, el("a", { href: `#paper-${paper}`, class: "data" }, titleOf(papers[paper])),
      papers[paper].url ? outLink(papers[paper].url, "↗", "the paper") : null),
    el("td", {}, (code && outLink(code, "code ↗", "code")) || "–"));
}

/* As tables/csv_cells.py: what a spreadsheet would take for a formula, at the start or behind a break, gets an apostrophe. */
const FORMULA = /(^|\r\n|[\n\v\f\r\x85\u2028\u2029])(?=[\t\r]|[\x00-\x09\x0e-\x20\x7f-\x84\x86-\xa0\xad\u1680\u2000-\u200f\u202a-\u202f\u205f-\u206f\u3000\ufeff]*[=+\-@\uff0b\uff0d\uff1d\uff20])/g;
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
      const [paper, value, upper, score, method, baseline, evidence, code, ...conditions] = row;
      lines.push([nameOf("datasets", board.d), nameOf("metrics", board.m), board.k, board.u, rank[at], method, score, value, upper,
        baseline, evidence, plain(papers[paper].t), papers[paper].id, code, ...conditions.slice(0, 4)]);
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

start();
