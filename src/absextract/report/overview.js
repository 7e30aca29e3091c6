/* The overview: counts and bars of the papers that the filters leave. */
const MOST_NAMES = 12;
const STATUSES = ["ok", "flagged", "failed"], SEVERITIES = ["error", "warning", "info"];

function drawOverview() {
  const places = [...found].sort((a, b) => a - b), here = places.map((at) => papers[at]);
  $("figures").replaceChildren(firstFigures(here, places), madeBy(here), el("div", { class: "figures" }, ...panels(here, places)), badLines());
}

const sum = (numbers) => numbers.reduce((all, each) => all + each, 0);
const tokensOf = (paper) => paper.u[0] + paper.u[1];

/* The numbers a reader looks for first. */
function firstFigures(here, places) {
  const share = (part, whole) => `${number(part)} (${Math.round(100 * part / whole)}%)`;
  const facts = [["papers", number(here.length)], ["values supported by the text", number(sum(here.map((paper) => paper.g)))],
    ["values dropped", number(sum(here.map((paper) => paper.f.filter((f) => f[4]).length)))]];
  if (index.copies && here.length === papers.length) facts.push(["more records of papers that stood before, not counted", number(index.copies)]);
  const counts = places.filter((at) => papers[at].of).map(resultCount), counted = here.filter((paper) => paper.u);
  if (counts.length) {
    facts.push(["results", number(sum(counts))], ["papers with results", share(counts.filter(Boolean).length, counts.length)],
      ["papers with code", share(here.filter((paper) => paper.c).length, counts.length)]);
  }
  if (counted.length) facts.push(["tokens", number(sum(counted.map(tokensOf)))]);
  return el("ul", { class: "big" }, ...facts.map(([name, said]) => el("li", {}, el("b", {}, said), ` ${name}`)));
}

function madeBy(here) {
  const said = (names) => (names.length === 1 ? names[0][0] : names.slice(0, 20).map(([name, n]) => `${name} (${number(n)})`).join(", "));
  const facts = [["Filled by", tally(here.map((paper) => paper.by || "unknown"))], ["Schema", tally(here.map((paper) => paper.sc))]];
  return here.length ? el("dl", { class: "facts" }, ...facts.flatMap(([name, names]) => [el("dt", {}, name), el("dd", { class: "data" }, said(names))])) : null;
}

/* Rows: label, number, class of the bar, value of the filter. */
function panels(here, places) {
  const status = STATUSES.map((name) => [name, here.filter((paper) => paper.s === name).length, name, name]);
  const papersOnly = here.filter((paper) => paper.of), withCode = papersOnly.filter((paper) => paper.c).length;
  const code = papersOnly.length ? [["with code", withCode, "ok", "yes"], ["without code", papersOnly.length - withCode, "without", "no"]] : [];
  const findings = SEVERITIES.flatMap((severity) => tally(here.flatMap((paper) => paper.f.filter((f) => f[1] === severity).map((f) => f[0])))
    .map(([name, n]) => [fieldName(name), n, severity, name]));
  const errors = tally(here.filter((paper) => paper.e).map((paper) => paper.e[0])).map(([name, n]) => [fieldName(name), n, "error", name]);
  const counted = here.filter((paper) => paper.u);
  const named = NAMED.map((kind, at) => panel(`Most used ${kind}`, kind,
    tally(places.flatMap((place) => index.of[place][at])).slice(0, MOST_NAMES).map(([name, n]) => [index.names[kind][name][0], n, "name", index.names[kind][name][0]]),
    at === 0 ? `${index.rules} Counted in papers.` : ""));
  return [panel("Papers by status", "status", status.filter((row) => row[1])), panel("Papers with a link to their code", "code", code),
    panel("Findings by code", "finding", findings), panel("Why papers failed", "finding", errors), ...named,
    panel("Papers by tokens", "", counted.length ? ranges(counted.map(tokensOf)) : [], tokensSaid(counted))];
}

function tokensSaid(counted) {
  const [read, written] = [0, 1].map((at) => sum(counted.map((paper) => paper.u[at])));
  return `${number(read)} read and ${number(written)} written by the model, for ${plural(counted.length, "paper", "papers")}: `
    + `${number(Math.round((read + written) / counted.length))} a paper.`;
}

/* A chart that is a table: each name leads to its papers. */
function panel(title, filter, rows, note) {
  if (!rows.length) return null;
  const most = Math.max(...rows.map((row) => row[1]));
  const line = ([label, n, css, value]) => {
    const name = filter ? el("button", { type: "button" }, label) : label;
    if (filter) name.addEventListener("click", () => filterBy(filter, value));
    const bar = el("span", { class: `rect ${css}` });
    bar.style.width = `${100 * n / most}%`;
    return el("tr", {}, el("th", { scope: "row", class: "data" }, name), el("td", {}, bar), el("td", { class: "num" }, number(n)));
  };
  return el("figure", { class: "panel" }, el("h3", {}, title), el("table", { class: "bars" }, el("tbody", {}, ...rows.map(line))),
    note ? el("p", {}, note) : null);
}

/* How many numbers fall into each of at most eleven equal ranges with round ends. */
function ranges(numbers) {
  const [least, most] = [Math.min, Math.max].map((end) => numbers.reduce((a, b) => end(a, b)));
  let width = 1;
  for (let step = 0; most >= 10 * width; step++) width = [1, 2, 5][(step + 1) % 3] * 10 ** Math.floor((step + 1) / 3);
  const rows = [];
  for (let low = Math.floor(least / width) * width; low <= most; low += width) {
    rows.push([`${number(low)} to ${number(low + width - 1)}`, numbers.filter((n) => low <= n && n < low + width).length, "name", ""]);
  }
  return rows;
}

function badLines() {
  if (!index.bad_lines) return null;
  const more = index.bad_lines - index.bad.length;
  return el("section", { class: "panel" }, el("h3", {}, `Lines that are no records: ${number(index.bad_lines)}`),
    el("ul", {}, ...index.bad.map((line) => el("li", { class: "data" }, line))), more ? el("p", {}, `… and ${number(more)} more`) : null);
}

start();
