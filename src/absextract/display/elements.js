/* What the pages have in common: elements, links, colours of the page. */
"use strict";
const $ = (id) => document.getElementById(id);
const number = (n) => n.toLocaleString("en");
const plural = (n, one, many) => `${number(n)} ${n === 1 ? one : many}`;


/* Everything on the page is made here: text is set as text, attributes have names of our own choosing. */
function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === true) node.setAttribute(name, "");
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value);
  }
  for (const child of children) if (child !== null && child !== undefined) put(node, child);
  return node;
}

/* A sign that turns the direction of text is kept apart, so that it turns nothing, and seen. */
const TURNS = /([\u202a-\u202e\u2066-\u2069])/;
function put(node, child) {
  if (typeof child !== "string" || !TURNS.test(child)) { node.append(child); return; }
  child.split(TURNS).forEach((part, at) => {
    if (at % 2 === 0) { node.append(part); return; }
    const sign = document.createElement("bdi");
    sign.className = "turn";
    sign.title = `U+${part.codePointAt(0).toString(16).toUpperCase()}`;
    sign.append(part);
    node.append(sign);
  });
}

/* A link out of the page, for addresses of the web alone. */
function outLink(address, text, label) {
  let url;
  try { url = new URL(address); } catch { return null; }
  if (url.protocol !== "https:" && url.protocol !== "http:") return null;
  return el("a", { class: "out", href: url.href, target: "_blank", rel: "noopener noreferrer", title: url.href,
    "aria-label": label ? `${label} at ${url.host}, opens in a new tab` : null }, text);
}

function plain(parts) {
  return parts.map((part) => (typeof part === "string" ? part : plain(part[1]))).join("");
}

function fill(select, options) {
  for (const [value, text] of options) select.append(el("option", { value }, text));
}

function setTheme(name) {
  const dark = name === "dark" || (name === "" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.classList.toggle("dark", dark);
}

function startTheme() {
  let theme = "";
  try { theme = localStorage.getItem("absextract-theme") || ""; } catch { /* not allowed here */ }
  $("theme").value = theme;
  setTheme($("theme").value);
  $("theme").addEventListener("change", (event) => {
    setTheme(event.target.value);
    try { localStorage.setItem("absextract-theme", event.target.value); } catch { /* as above */ }
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => setTheme($("theme").value));
}
