/* One paper on the page: its text with marks, its values, what the validator says. */
const SIGNS = { confirmed: "✓", changed: "✎", added: "+", removed: "✗" };
let paper = null;

const parentOf = (path) => path.slice(0, path.lastIndexOf("/"));
const rowAt = (path) => paper.rows.find((row) => row.path === path);
const isLeaf = (row) => !["list", "object", "entries"].includes(row.kind);

function drawPaper(place, data) {
  paper = data;
  $("paper").hidden = Boolean(data.damaged);
  $("damaged").hidden = !data.damaged;
  if (data.damaged) { $("damaged").textContent = `${data.damaged}. The line stays as it is.`; return; }
  paper.v = paper.rows.map((row) => [row.path, row.text ?? "", row.key]);
  paper.p = Object.fromEntries(paper.rows.flatMap((row, at) => (row.confidence === undefined ? [] : [[at, row.confidence]])));
  for (const [id, parts] of [["title-text", paper.t], ["abstract-text", paper.a]]) {
    $(id).replaceChildren();
    marked(parts, paper, $(id));
    for (const piece of $(id).querySelectorAll("[tabindex]")) piece.removeAttribute("tabindex");
  }
  $("title-text").hidden = !plain(paper.t);
  drawAbout(place);
  const top = paper.rows.filter((row) => parentOf(row.path) === "");
  $("rows").replaceChildren(...top.flatMap(field));
  drawFindings();
  drawOther();
  const left = paper.rows.filter((row) => isLeaf(row) && row.text !== null && row.state === null).length;
  $("done").setAttribute("tabindex", "-1");
  $("done").disabled = false;
  $("left").replaceChildren(paper.done ? el("span", { class: "complete" }, "✓ complete")
    : left ? `confirms the ${plural(left, "value", "values")} left` : "all values are judged");
  $("undo").disabled = !paper.undo;
}

function drawAbout(place) {
  $("about").replaceChildren(el("span", { class: `status ${paper.status}` }, paper.status), el("span", { class: "data" }, `id ${paper.id}`),
    el("span", { class: "data" }, `by ${paper.by}`), ...(paper.why.length ? [el("span", {}, `here because of ${paper.why.join(", ")}`)] : []),
    ...(paper.error ? [el("span", { class: "data" }, `${paper.error[1]} (${paper.error[0]})`)] : []));
}

/* A field of the extraction itself, under its name. */
function field(row) {
  const id = `field-${paper.rows.indexOf(row)}`;
  const content = isLeaf(row) ? leaf(row) : inside(row);
  return [el("h3", { id }, fieldName(row.key)), el("div", { role: "group", "aria-labelledby": id }, content || el("span", { class: "meta" }, "none"))];
}

function inside(row) {
  const rows = paper.rows.filter((each) => parentOf(each.path) === row.path);
  const shown = rows.map((each) => [each, isLeaf(each) ? leaf(each) : inside(each)]).filter((pair) => pair[1]);
  if (row.kind === "list") {
    const flat = row.inner !== "object";
    return shown.length ? el("ul", { class: flat ? "chips" : "" }, ...shown.map(([, node]) => el("li", {}, node))) : null;
  }
  const pairs = shown.map(([each, node]) => el("span", { class: isLeaf(each) ? "pair" : "" }, el("span", { class: "key" }, fieldName(each.key)), " ", node));
  if (row.kind !== "object" || !shown.length) return shown.length ? el("div", {}, ...pairs) : null;
  const lacks = row.lacks ? el("span", { class: "meta" }, ` lacks its ${fieldName(row.lacks)}`) : null;
  return el("div", { class: "object", role: "group", "aria-label": placeName(row.path) }, el("div", {}, stop(row, "head", placeName(row.path)), lacks), ...pairs);
}

/* A value; where there is none, a place for one that does not come from the text. */
function leaf(row) {
  if (row.text !== null) return chipOf(row);
  const stands = parentOf(row.path) === "" || paper.rows.some((each) => parentOf(each.path) === parentOf(row.path) && each.text !== null);
  return stands && ["choice", "free"].includes(row.kind) ? stop(row, "chip plain", "—") : null;
}

function chipOf(row) {
  const marked_ = row.kind === "text";
  const doubt = paper.f.some((each) => each[5] === paper.rows.indexOf(row)) || (row.confidence ?? 1) < 0.7;
  return stop(row, `chip ${marked_ ? colour(row.key) : "plain"}${doubt ? " doubtful" : ""}`, row.text);
}

/* What the arrow keys stop at: a value, or an object as a whole. */
function stop(row, look, text) {
  const state = row.state || "";
  const sure = row.confidence === undefined ? "" : `, confidence ${row.confidence.toFixed(2)}`;
  const said = paper.f.filter((each) => each[5] === paper.rows.indexOf(row)).map((each) => `, ${each[2]}`).join("");
  const name = look === "head" ? placeName(row.path) : `${fieldName(row.key)}: ${text}`;
  const was = row.was === undefined ? "" : `, was ${row.was}`;
  return el("button", { type: "button", class: `stop ${look} ${state ? `s-${state}` : ""}`, "data-row": paper.rows.indexOf(row), "data-v": paper.rows.indexOf(row),
    tabindex: -1, title: `${placeName(row.path)}${sure}`, "aria-label": `${name}${state ? `, ${state}` : ""}${was}${sure}${said}` },
    SIGNS[state] && (row.text !== null || look === "head") ? el("span", { class: "sign", "aria-hidden": "true" }, SIGNS[state]) : null, row.was === undefined ? null : el("del", {}, row.was), text);
}

function drawFindings() {
  const now = paper.f.map(([code, severity, message, value, , about, path]) => el("li", { class: `finding ${severity}` }, el("b", {}, severity), " ",
    path ? `${placeName(path)} ` : "", value === null ? null : about >= 0 ? aboutButton(about, value) : el("span", { class: "data" }, value),
    el("span", { class: "why data" }, `${message} `, el("code", {}, code))));
  const before = paper.dropped.map(([path, value, message, code]) => el("li", { class: "finding info" }, `${placeName(path)} `,
    el("del", { class: "data" }, value), el("span", { class: "why data" }, `${message} `, el("code", {}, code))));
  $("findings").replaceChildren(...(now.length ? [el("h4", {}, plural(now.length, "finding", "findings")), el("ul", { class: "findings" }, ...now)] : []),
    ...(before.length ? [el("details", { class: "meta" }, el("summary", {}, `${plural(before.length, "value was", "values were")} left out when it was made`), el("ul", { class: "findings" }, ...before))] : []));
}

function aboutButton(row, text) {
  const button = el("button", { type: "button", class: "chip", tabindex: -1 }, text);
  button.addEventListener("click", () => focusOn(paper.rows[row].path));
  return button;
}

/* What the other run has and this one has not: a click selects it in the text. */
function drawOther() {
  const items = paper.other.map(([name, text]) => {
    const button = el("button", { type: "button", class: "chip", tabindex: -1 }, text);
    button.addEventListener("click", () => { const hit = find(text); if (hit) { choose(hit); $("text").focus(); } else say("it is not in the text in these words", true); });
    return el("li", {}, el("span", { class: "key" }, `${fieldName(name)} `), button);
  });
  $("others").replaceChildren(...(items.length ? [el("h3", {}, "only in the other run"), el("ul", { class: "findings" }, ...items)] : []));
}

const stops = () => [...$("values").querySelectorAll(".stop")];

/* Puts the focus on a value and shows what belongs to it in the text. */
function focusStop(node) {
  for (const each of stops()) each.setAttribute("tabindex", each === node ? "0" : "-1");
  node.focus();
  heatRow(node.dataset.row);
}

function focusOn(path) {
  const row = paper.rows.findIndex((each) => each.path === path);
  const all = stops();
  focusStop(all.find((each) => each.dataset.row === String(row)) || all[0]);
}

function heatRow(number_) {
  for (const each of $("paper").querySelectorAll(".hot")) each.classList.remove("hot");
  if (number_ === undefined) return;
  const path = paper.rows[number_].path;
  const pieces = [...$("text").querySelectorAll("[data-v]")].filter((each) => each.dataset.v.split(" ").some((label) =>
    label >= 0 && (paper.rows[label].path === path || (paper.rows[number_].kind === "object" && paper.rows[label].path.startsWith(`${path}/`) && !["evidence", "quote"].includes(paper.rows[label].key)))));
  for (const each of pieces) each.classList.add("hot");
  const box = pieces[0]?.getBoundingClientRect();
  if (box && (box.top < 0 || box.bottom > innerHeight)) pieces[0].scrollIntoView({ block: "center" });
}
