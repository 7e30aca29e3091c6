/* The review: what the keys do, and what the server says to it. */
const token = new URLSearchParams(location.search).get("token") || "";
const me = [...crypto.getRandomValues(new Uint8Array(8))].map((each) => each.toString(16)).join("");
let place = 0, following = 0, total = 0, current = "", pending = null, ahead = null, sought = "", acting = false;

/* One thing after the other: a key acts on what is there when its turn comes, however quickly it was pressed. While a
   question is asked, the keys that wait answer it. */
const waiting = [];
let running = null, pumping = false;

function later(step) { waiting.push(step); pump(); }

async function pump() {
  if (pumping) return;
  pumping = true;
  while (waiting.length) {
    if (running) { await Promise.race([running, asked()]); if (running && !$("menu").open) continue; }
    const step = waiting.shift();
    if ($("menu").open) { if (step.key) answer(step.key); await Promise.resolve(); continue; }
    const mine = Promise.resolve().then(step).catch((error) => say(String(error.message || error), true)).then(() => { if (running === mine) running = null; });
    running = mine;
  }
  pumping = false;
}

/* To a value that was clicked: in its turn, as what is being done draws all values anew and takes the focus. */
function goTo(row) { later(() => { if (row && rowAt(row.path)) focusOn(row.path); }); }

function say(text, refused = false) {
  $("said").textContent = text;
  $("said").classList.toggle("refused", refused);
  clearTimeout(say.timer);
  say.timer = setTimeout(() => { $("said").textContent = ""; }, refused ? 8000 : 3000);
}

function warn(text) { $("banner").hidden = !text; if ($("banner").textContent !== text) $("banner").textContent = text; }

async function request(path, body) {
  let answer;
  try {
    answer = await fetch(path, { method: body ? "POST" : "GET", cache: "no-store", credentials: "omit", body: body && JSON.stringify(body),
      headers: { "X-Review-Token": token, ...(body ? { "Content-Type": "application/json" } : {}) } });
  } catch {
    warn("The server does not answer. What this page called done is on disk: start the same command again, and open the address it prints.");
    throw new Error("not done: the server does not answer");
  }
  const data = await answer.json();
  if (answer.status === 403) warn("The review was started anew: open the address that the terminal shows.");
  if (!answer.ok) throw Object.assign(new Error(data.error), { status: answer.status });
  return data;
}

function drawProgress(progress) {
  total = progress.of;
  const share = (value) => `${(100 * value).toFixed(0)}%`;
  const right = progress.right === null ? "" : ` · ${share(progress.right)} of ${plural(progress.values, "value", "values")} right `
    + `(95%: ${share(progress.interval[0])} to ${share(progress.interval[1])}), ${progress.sampled ? "a random sample" : "of papers chosen by need"}`;
  $("progress").replaceChildren(el("b", {}, `${number(progress.complete)} of ${number(progress.of)} reviewed`), right);
  $("where").textContent = `paper ${number(place + 1)} of ${number(total)}`;
  $("previous").disabled = place === 0;
  $("next").disabled = place >= total - 1;
}

function draw(data) {
  place = data.place;
  following = data.next;
  drawPaper(place, data.paper);
  drawProgress(data.progress);
  if (!data.paper.damaged) pick(picked && picked.end <= characters(nodeOf(picked.field).textContent).length ? picked : null);
}

async function open(to) {
  if (to < 0 || to >= total) { say(to < 0 ? "this is the first paper" : "this is the last paper"); return; }
  const data = ahead?.place === to ? ahead : await request(`/paper/${to}`);
  const old = data === ahead;
  ahead = null;
  pick(null);
  getSelection().removeAllRanges();
  pending = null;
  current = "";
  draw(data);
  scrollTo(0, 0);
  const first = stops()[0];
  if (first && !data.paper.damaged) focusStop(first);
  say(`paper ${place + 1} of ${total}${data.paper.done ? ", complete" : ""}`);
  if (old) refresh();
  const next = following !== place ? following : place + 1;
  if (next < total && next !== place) request(`/paper/${next}`).then((found) => { ahead = found; }, () => {});
}

/* What another window did is seen here, and told. */
async function refresh() {
  const shown = place, data = await request(`/windows/${me}/${place}`);
  drawProgress(data.progress);
  const here = data.others.filter((other) => other === place).length;
  warn(data.others.length ? `This review is open in ${plural(data.others.length, "other window", "other windows")}${here ? ", on this paper" : ""}. What is done there shows here.` : "");
  if (shown === place && paper && data.version > paper.version && !acting && !$("menu").open) await reload("changed in another window; this is how it stands now");
}

async function reload(why) {
  const at = document.activeElement?.dataset?.row, path = at === undefined ? null : paper.rows[at].path;
  draw(await request(`/paper/${place}`));
  if (path !== null && !paper.damaged) focusOn(path);
  say(why, true);
}

async function act(action, focus) {
  let data;
  acting = true;
  try {
    data = await request(`/paper/${place}`, { version: paper.version, action });
  } catch (error) {
    acting = false;
    if (error.status !== 409) throw error;
    await reload("not done: the paper was changed in another window; this is how it stands now");
    return false;
  }
  acting = false;
  draw(data);
  if (focus) focus();
  return true;
}

/* The stop that follows a value or object, with all that is in it; the last is the end of the paper. */
function focusBehind(path) {
  const all = stops(), inside_ = (node) => { const row = paper.rows[node.dataset.row]; return row && (row.path === path || row.path.startsWith(`${path}/`)); };
  const last = all.findLastIndex(inside_);
  focusStop(all[Math.min(last + 1, all.length - 1)]);
}

function here() {
  const number_ = document.activeElement?.dataset?.row;
  return number_ === undefined ? null : paper.rows[number_];
}

async function confirmHere() {
  const row = here();
  if (document.activeElement === $("done")) return finish();
  if (!row) return say("go to a value first: v");
  if (isLeaf(row) && row.text === null) return say("nothing stands there; e sets it");
  const left = paper.rows.some((each) => (each === row || each.path.startsWith(`${row.path}/`)) && isLeaf(each) && each.text !== null && each.state === null);
  if (!left) return focusBehind(row.path);
  return act({ do: "confirm", path: row.path }, () => { focusBehind(row.path); say(`on disk: ${placeName(row.path)} confirmed`); });
}

async function reject() {
  const row = here();
  if (!row) return say("go to a value first: v");
  return act({ do: "remove", path: row.path }, () => { focusBehind(row.path); say(`on disk: ${placeName(row.path)} rejected`); });
}

async function change() {
  const row = here() || (current && rowAt(current));
  if (!row || row.kind === "object") return say("go to a single value first");
  return setValue(row);
}

/* Another value in a place: from the text, from a list, or typed. */
async function setValue(row) {
  const done = () => { focusOn(row.path); say(`on disk: ${placeName(row.path)} is ${rowAt(row.path).text}`); };
  if (row.kind === "choice") {
    const value = await ask(placeName(row.path), row.choices.map(([choice, label], at) => ({ key: String(at + 1), label, value: { choice } })));
    return value && act({ do: "change", path: row.path, value: value.choice }, done);
  }
  if (row.kind === "free") {
    const value = await askText(placeName(row.path), row.text ?? "");
    return value && act({ do: "change", path: row.path, value }, done);
  }
  if (row.kind === "other") return say("this value can be confirmed or rejected");
  if (!picked) { pending = row.path; intoText(row); return say(`select what ${placeName(row.path)} is, then Enter`); }
  const passage = picked;
  pending = null;
  return act({ do: "change", path: row.path, passage }, () => { pick(null); getSelection().removeAllRanges(); done(); });
}

function holderOf(path) {
  for (let at = path; at; at = parentOf(at)) if (rowAt(at)?.kind === "object") return at;
  return "";
}

/* The menu of fields: those of the paper, and the parts of the object that the person is in. */
function targets() {
  const object = holderOf(current);
  const fits = (row) => isLeaf(row) ? row.kind !== "other" : row.kind !== "object" && (row.inner !== "object" || row.lead) && row.inner !== "list";
  const label = (row) => (row.kind === "list" && row.inner === "object" ? `new: ${fieldName(row.key)}, ${fieldName(row.lead)}` : fieldName(row.key));
  const fields = paper.rows.filter((row) => parentOf(row.path) === "" && fits(row)).map((row) => ({ value: row, label: label(row), name: row.key }));
  const inObject = (row) => object && parentOf(row.path) === object && row.state !== "removed";
  const inEmpty = (row) => paper.rows.some((each) => each.kind === "object" && each.path === parentOf(row.path) && ["", object].includes(parentOf(each.path))
    && !/\/\d+$/.test(each.path) && !paper.rows.some((other) => parentOf(other.path) === each.path && other.text !== null));
  const parts = paper.rows.filter((row) => (inObject(row) || inEmpty(row)) && fits(row)).map((row) => ({ value: row, label: `${placeName(row.path)}`, name: row.key }));
  return withKeys(fields, parts);
}

async function add() {
  if (!picked) { pending = "add"; intoText(rowAt(current)); return say("select a passage, then Enter"); }
  pending = null;
  const text = textOf(picked);
  const row = await ask(`“${text.length > 80 ? `${text.slice(0, 80)}…` : text}” is`, targets());
  if (!row) return null;
  if (isLeaf(row)) return setValue(row);
  let path = row.path;
  if (row.kind === "entries") {
    const key = await askText(`${fieldName(row.key)}: under which name?`, "");
    if (!key) return null;
    path = `${row.path}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
  }
  const before = new Set(paper.rows.map((each) => each.path));
  return act({ do: "add", path, ...(row.inner === "object" ? { part: row.lead } : {}), passage: picked }, () => {
    const added = paper.rows.find((each) => !before.has(each.path));
    pick(null);
    getSelection().removeAllRanges();
    if (added) { current = added.path; focusOn(added.path); }
    say(`on disk: added to ${fieldName(row.key)}`);
  });
}

async function finish() {
  if (!(await act({ do: "done" }))) return;
  say("on disk: complete");
  if (following !== place) await open(following);
  else { focusStop($("done")); say("on disk: all papers are reviewed"); }
}

/* Into the text, at what is selected, else at the passage of a value, else at its first word. */
function intoText(row) {
  const piece = row && [...$("text").querySelectorAll("mark")].find((each) => each.dataset.v.split(" ").some((label) => paper.rows[label]?.path === row.path));
  if (!picked && piece) {
    const node = piece.closest("[data-field]"), range = document.createRange();
    range.selectNodeContents(piece);
    choose({ field: node.dataset.field, start: charactersBefore(node, range.startContainer, range.startOffset), end: charactersBefore(node, range.endContainer, range.endOffset) });
  } else if (!picked && words().length) choose(words()[0]);
  $("text").focus({ preventScroll: true });
}

async function enter() {
  if (!picked) return say("select a passage first");
  if (pending && pending !== "add") return setValue(rowAt(pending));
  return add();
}

async function search() {
  const typed = await askText("Find in the text", sought);
  if (!typed) return;
  sought = typed;
  const hit = find(typed);
  if (!hit) return say(`“${typed}” is not in the text`, true);
  $("text").focus();
  choose(hit);
}

function toValues() {
  pending = null;
  const beside = (node) => paper.rows[node.dataset.row]?.path.startsWith(`${parentOf(current)}/`); // where it went
  if (current && rowAt(current)) focusOn(current); else focusStop((current && stops().findLast(beside)) || stops()[0]);
}

function move(by) {
  const all = stops(), at = all.indexOf(document.activeElement);
  const to = at < 0 ? (current ? all.findIndex((each) => paper.rows[each.dataset.row]?.path === current) : 0) : at + by;
  if (all[Math.max(0, to)]) focusStop(all[Math.max(0, to)]);
}

const EVERYWHERE = {
  n: () => open(place + 1), p: () => open(place - 1), d: finish, u: () => act({ do: "undo" }, () => { toValues(); say("on disk: undone"); }),
  a: add, t: () => intoText(here() || rowAt(current)), v: toValues, "/": search, "?": () => $("help").showModal(),
};
const IN_VALUES = { j: () => move(1), ArrowDown: () => move(1), k: () => move(-1), ArrowUp: () => move(-1), c: confirmHere, " ": confirmHere,
  x: reject, Delete: reject, e: change, Enter: () => (document.activeElement === $("done") ? finish() : null) };
const IN_TEXT = {
  ArrowRight: (event) => step(1, event), ArrowLeft: (event) => step(-1, event), ArrowDown: () => moveLine(1), ArrowUp: () => moveLine(-1),
  Enter: enter, Escape: () => { pick(null); getSelection().removeAllRanges(); toValues(); }, j: () => move(1), k: () => move(-1), e: change,
};

function step(by, event) {
  if (event.ctrlKey || event.metaKey) moveEnd(event.shiftKey ? "end" : "start", by);
  else moveWord(by, event.shiftKey);
}

function onKey(event) {
  if (!paper || event.target.closest("dialog, input, select, textarea") || event.altKey) return;
  const { key, ctrlKey, metaKey, shiftKey } = event, elsewhere = event.target.closest("button, a, summary") && !event.target.closest(".stop");
  const known = [EVERYWHERE, IN_VALUES, IN_TEXT].some((table) => Object.hasOwn(table, key));
  if (elsewhere && ["Enter", " "].includes(key)) return;
  if (ctrlKey || metaKey ? !(key.startsWith("Arrow") && inText()) : !(known || (running && key.length === 1))) return;
  event.preventDefault();
  const step_ = () => {
    const table = { ...EVERYWHERE, ...(inText() ? IN_TEXT : IN_VALUES) };
    if (!Object.hasOwn(table, key) || (paper.damaged && !["n", "p", "?"].includes(key))) return null;
    return table[key]({ ctrlKey, metaKey, shiftKey });
  };
  later(Object.assign(step_, { key }));
}

const inText = () => document.activeElement === $("text");

function begin() {
  startTheme();
  document.addEventListener("keydown", onKey);
  document.addEventListener("selectionchange", () => { const now = selected(); if (now || (picked && document.activeElement === $("text") && getSelection().rangeCount)) { if (JSON.stringify(now) !== JSON.stringify(picked)) pick(now); } });
  $("values").addEventListener("mousedown", (event) => { if (event.target.closest("button")) event.preventDefault(); }); // keeps what is selected
  $("values").addEventListener("click", (event) => { const row = paper.rows[event.target.closest(".stop")?.dataset.row]; if (row) goTo(row); });
  $("values").addEventListener("focusin", (event) => { const row = event.target.dataset.row; if (row !== undefined) current = paper.rows[row].path; });
  $("text").addEventListener("click", (event) => {
    const piece = event.target.closest("mark[data-v]");
    if (piece && getSelection().isCollapsed) goTo(paper.rows[piece.dataset.v.split(" ").find((label) => label >= 0)]);
  });
  $("text").addEventListener("focus", () => { if (!picked && words().length && !matchMedia("(pointer: coarse)").matches && $("text").matches(":focus-visible")) choose(words()[0]); });
  $("done").addEventListener("click", () => later(finish));
  $("previous").addEventListener("click", () => later(() => open(place - 1)));
  $("next").addEventListener("click", () => later(() => open(place + 1)));
  $("undo").addEventListener("click", () => later(EVERYWHERE.u));
  $("help-open").addEventListener("click", () => $("help").showModal());
  addEventListener("pagehide", () => fetch("/closed", { method: "POST", keepalive: true, headers: { "X-Review-Token": token, "Content-Type": "application/json" }, body: JSON.stringify({ window: me }) }));
  later(async () => {
    const start = await request("/start");
    place = start.place;
    drawProgress(start.progress);
    await open(start.place);
    setInterval(() => refresh().catch(() => {}), 2000);
    await refresh();
  });
}

begin();
