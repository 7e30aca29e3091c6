/* The card of one paper: its text with marks, the values beside it, its findings. */
function chip(paper, value, placed) {
  const [path, verbatim, key, text = verbatim] = paper.v[value];
  const doubt = paper.f.some((each) => each[5] === value) ? " doubt" : "";
  const button = placed.has(value)
    ? el("button", { type: "button", class: `chip ${colour(key)}${doubt}`, "data-v": value,
      title: aboutValue(paper, value) + (text === verbatim ? "" : `, in the text ${verbatim}`) }, text)
    : el("span", { class: `chip unplaced${doubt}`, title: `${placeName(path)}: not marked in the text` }, text);
  const address = addressIn(text, colour(key) === "c-link");
  return el("span", {}, button, address ? " " : null, address ? outLink(address, "open ↗", "open the link") : null);
}

/* Where a value leads: an address of the web; where a link is expected, also one without its scheme. */
function addressIn(text, expected) {
  if (/\s/.test(text)) return null;
  if (/^https?:\/\//i.test(text)) return text;
  return expected && /^(?:[a-z0-9-]+\.)+[a-z]{2,}(?:[/?#]|$)/i.test(text) ? ["https:", text].join("//") : null;
}

/* The results of a paper side by side; columns that no result fills are left out. */
const RESULT = ["score", "metric", "dataset", "method", "baseline", "setting", "kind", "evidence"];
function isResults(key, node) {
  return key === "results" && Array.isArray(node) && node.every((item) => item && typeof item.score === "number"
    && Object.entries(item).every(([name, part]) => RESULT.includes(name) && typeof part === "number"));
}

function resultTable(paper, results, placed) {
  const columns = RESULT.filter((name) => results.some((result) => Object.hasOwn(result, name)));
  const cell = (result, name) => el("td", { class: name }, Object.hasOwn(result, name) ? chip(paper, result[name], placed) : null);
  return el("div", { class: "scroll" }, el("table", { class: "results" },
    el("thead", {}, el("tr", {}, ...columns.map((name) => el("th", { scope: "col" }, fieldName(name))))),
    el("tbody", {}, ...results.map((result) => el("tr", {}, ...columns.map((name) => cell(result, name)))))));
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
  let results = null;
  for (const [key, node] of Object.entries(paper.x || {})) {
    if (isResults(key, node)) results = resultTable(paper, node, placed);
    else side.append(el("dt", {}, fieldName(key)), el("dd", {}, values(paper, node, key, placed)));
  }
  if (!paper.x && !paper.e) text.append(el("p", { class: "meta" }, "Nothing found."));
  const below = el("div", {});
  if (paper.f.length) {
    below.append(el("h4", {}, plural(paper.f.length, "finding", "findings")),
      el("ul", { class: "findings" }, ...paper.f.map((each, place) => finding(paper, each, place, placed))));
  }
  if (paper.meta.length) {
    below.append(el("details", { class: "meta" }, el("summary", {}, "More of the input"),
      el("dl", {}, ...paper.meta.flatMap(([key, value]) => [el("dt", { class: "data" }, key), el("dd", { class: "data" }, value)]))));
  }
  return el("article", { class: "card", id: `card${at}`, tabindex: -1, "aria-labelledby": `h${at}` }, heading, sub,
    el("div", { class: "cols" }, text, side), results, below);
}
