/* Moving between cards, and between a piece of text and its value. */
/* Cards out of sight have guessed heights; they get their own on the way, so the place is looked for again. */
function arrive(node, times = 3) {
  node.focus({ preventScroll: true });
  node.scrollIntoView({ block: "start" });
  if (times) requestAnimationFrame(() => arrive(node, times - 1));
}

/* Which other pieces of a card belong to one. */
function partners(node) {
  const labels = new Set(node.dataset.v.split(" "));
  return [...node.closest(".card").querySelectorAll("[data-v]")].filter((each) => each.dataset.v.split(" ").some((label) => labels.has(label)));
}

function heat(node) {
  for (const each of $("list").querySelectorAll(".hot")) each.classList.remove("hot");
  if (node) for (const each of partners(node)) each.classList.add("hot");
}

function jump(node) {
  const inText = node.matches("mark, .unclaimed");
  const other = partners(node).find((each) => each.matches("mark, .unclaimed") !== inText);
  if (!other) return;
  other.focus({ preventScroll: true });
  other.scrollIntoView({ block: "nearest" });
  heat(other);
}

function keys(event) {
  const at = event.target, inCard = at.closest(".card");
  if (event.key === "Escape") {
    if (at.id === "q") { at.value = ""; applyFilters(); }
    else if (inCard && at !== inCard) { heat(null); inCard.focus(); }
    else if (inCard) $("q").focus();
  } else if (event.key === "Enter" && at.matches("mark, .unclaimed")) { event.preventDefault(); jump(at); }
  else if (event.key === "Enter" && at === inCard) { event.preventDefault(); (at.querySelector(".side button[data-v]") || at.querySelector("button[data-v]"))?.focus(); }
  else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && (at.id === "q" || inCard)) {
    const next = inCard ? (event.key === "ArrowDown" ? inCard.nextElementSibling : inCard.previousElementSibling)
      : event.key === "ArrowDown" ? $("list").firstElementChild : null;
    event.preventDefault();
    if (next) arrive(next, 0);
    else if (inCard && event.key === "ArrowUp") $("q").focus();
  }
}
