/* A text with marks in it, in the colour of the field that each supports. */
const FAMILIES = { task: "task", tasks: "task", method: "method", methods: "method", baseline: "method", dataset: "dataset",
  datasets: "dataset", metric: "metric", metrics: "metric", score: "score", evidence: "evidence", quote: "evidence",
  url: "link", code_url: "link", links: "link" };
const others = new Map();

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
