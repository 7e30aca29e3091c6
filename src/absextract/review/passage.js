/* Passages of the text: selected with the mouse or chosen with arrow keys. Records count characters, JavaScript counts
   UTF-16 units: here everything outside the DOM is in characters. */
const fieldNodes = () => [$("title-text"), $("abstract-text")];
const characters = (text) => [...text];
let picked = null; // { field, start, end }

function nodeOf(field) { return fieldNodes().find((node) => node.dataset.field === field); }

function textOf(passage) {
  return characters(nodeOf(passage.field).textContent).slice(passage.start, passage.end).join("");
}

/* How many characters of a field stand before a point of the page; points beside it count as its ends. */
function charactersBefore(field, node, offset) {
  const before = document.createRange();
  before.selectNodeContents(field);
  if (before.comparePoint(node, offset) < 0) return 0;
  if (before.comparePoint(node, offset) === 0) before.setEnd(node, offset);
  return characters(before.toString()).length;
}

/* The point of the page behind so many characters of a field. */
function pointAt(field, count) {
  const texts = document.createTreeWalker(field, NodeFilter.SHOW_TEXT);
  let left = count, last = null;
  while (texts.nextNode()) {
    last = texts.currentNode;
    const inside = characters(last.data);
    if (left <= inside.length) return [last, inside.slice(0, left).join("").length];
    left -= inside.length;
  }
  return last ? [last, last.data.length] : [field, 0];
}

function rangeOf(passage) {
  const range = document.createRange(), node = nodeOf(passage.field);
  range.setStart(...pointAt(node, passage.start));
  range.setEnd(...pointAt(node, passage.end));
  return range;
}

/* What is selected on the page, without blanks around it; null where that is nothing of the text. */
function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const node = fieldNodes().find((each) => range.intersectsNode(each) && each.textContent);
  if (!node) return null;
  const text = characters(node.textContent);
  let start = charactersBefore(node, range.startContainer, range.startOffset);
  let end = charactersBefore(node, range.endContainer, range.endOffset);
  while (start < end && /\s/.test(text[start])) start += 1;
  while (end > start && /\s/.test(text[end - 1])) end -= 1;
  return start < end ? { field: node.dataset.field, start, end } : null;
}

function pick(passage) {
  picked = passage;
  if (globalThis.CSS?.highlights) {
    CSS.highlights.delete("picked");
    if (passage) CSS.highlights.set("picked", new Highlight(rangeOf(passage)));
  }
  $("picked").replaceChildren();
  if (passage) $("picked").append("selected: ", el("b", {}, textOf(passage)));
}

/* Choosing by keys: the page shows it as its selection too, so that a screen reader and the clipboard have it. */
function choose(passage) {
  const range = rangeOf(passage), selection = getSelection();
  selection.setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
  pick(passage);
  const place = range.getBoundingClientRect();
  if (place.top < 0 || place.bottom > innerHeight) scrollBy({ top: place.top - innerHeight / 3 });
}

const WORD = /[\p{L}\p{N}_]+(?:[.,'’/:\-–−+@#~=?&%]+[\p{L}\p{N}_]+)*[%×]?|[^\s]/gu;
let wordCache = { of: null, words: [] };

/* The words of title and abstract in order, as passages. */
function words() {
  const key = fieldNodes().map((node) => node.textContent).join("\n");
  if (wordCache.of === key) return wordCache.words;
  const found = [];
  for (const node of fieldNodes()) {
    let units = 0, count = 0;
    const text = node.textContent;
    for (const match of text.matchAll(WORD)) {
      count += characters(text.slice(units, match.index)).length;
      const length = characters(match[0]).length;
      found.push({ field: node.dataset.field, start: count, end: count + length });
      units = match.index + match[0].length;
      count += length;
    }
  }
  wordCache = { of: key, words: found };
  return found;
}

const isBefore = (one, other) => (one.field === other.field ? one.end <= other.start : one.field === "title");

/* The first and last word of what is picked. */
function wordsPicked() {
  const all = words();
  const inside = (word) => word.field === picked.field && word.start < picked.end && picked.start < word.end;
  const first = all.findIndex(inside);
  let last = first;
  while (last + 1 < all.length && inside(all[last + 1])) last += 1;
  return [first, last];
}

function moveWord(by, more) {
  const all = words();
  if (!all.length) return;
  if (!picked) { choose(all[by > 0 ? 0 : all.length - 1]); return; }
  const [first, last] = wordsPicked();
  if (more) {
    const to = all[last + by];
    if (to && to.field === picked.field && to.end > picked.start) choose({ ...picked, end: to.end });
    return;
  }
  const to = all[by > 0 ? last + 1 : first - 1];
  if (to) choose(to);
}

/* A line up or down: the word that is nearest to where the picked one stands. */
function moveLine(by) {
  const all = words();
  if (!picked) { moveWord(by); return; }
  const here = rangeOf(picked).getClientRects()[0];
  let best = null, least = Infinity;
  for (const word of all) {
    if (by > 0 ? isBefore(word, picked) : isBefore(picked, word)) continue;
    const there = rangeOf(word).getClientRects()[0];
    if (!there || (by > 0 ? there.top < here.bottom - 2 : there.bottom > here.top + 2)) continue;
    const away = Math.abs(there.top - here.top) * 1000 + Math.abs(there.left - here.left);
    if (away < least) { least = away; best = word; }
  }
  if (best) choose(best);
}

/* One end of what is picked, by a character. */
function moveEnd(name, by) {
  if (!picked) return;
  const moved = { ...picked, [name]: picked[name] + by };
  const length = characters(nodeOf(picked.field).textContent).length;
  if (moved.start >= 0 && moved.end <= length && moved.start < moved.end) choose(moved);
}

/* Where words stand, behind what is picked or from the beginning. */
function find(sought) {
  const order = fieldNodes().map((node) => ({ field: node.dataset.field, text: characters(node.textContent.toLowerCase()) }));
  const wanted = characters(sought.toLowerCase());
  const hits = [];
  for (const { field, text } of order) {
    if (text.length !== characters(nodeOf(field).textContent).length) continue;
    for (let at = 0; at + wanted.length <= text.length; at += 1) {
      if (wanted.every((sign, k) => text[at + k] === sign)) hits.push({ field, start: at, end: at + wanted.length });
    }
  }
  return (picked && hits.find((hit) => isBefore(picked, hit))) || hits[0] || null;
}
