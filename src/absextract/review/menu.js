/* A question that is open, for whoever waits for one. */
let tellAsked = () => {};
const asked = () => new Promise((resolve) => { if ($("menu").open) resolve(); else tellAsked = resolve; });

/* A key that was pressed before the question could be seen. */
function answer(key) {
  if ($("typed").hidden) $("menu").onkeydown({ key, preventDefault: () => {} });
  else if (key === "Enter") $("typed").requestSubmit();
  else if (key.length === 1) $("typed-text").value += key;
}

/* Asking: one of several things, each with a key, or a line of text. Gives null where it was closed. */
function ask(title, options) {
  const dialog = $("menu");
  $("menu-title").replaceChildren(title);
  $("typed").hidden = true;
  return new Promise((resolve) => {
    let chosen = null;
    const take = (option) => { chosen = option.value; dialog.close(); };
    const buttons = options.map((option) => {
      const button = el("button", { type: "button", "aria-keyshortcuts": option.key }, el("kbd", {}, option.key), " ", option.label);
      button.addEventListener("click", () => take(option));
      return button;
    });
    $("choices").replaceChildren(...buttons.map((button) => el("li", {}, button)));
    dialog.onkeydown = (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const option = options.find((each) => each.key === event.key.toLowerCase());
      const at = buttons.indexOf(document.activeElement), by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
      if (option) { event.preventDefault(); take(option); }
      else if (by) { event.preventDefault(); buttons[(at + by + buttons.length) % buttons.length].focus(); }
    };
    dialog.onclose = () => resolve(chosen);
    dialog.showModal();
    tellAsked();
    buttons[0]?.focus();
  });
}

function askText(title, value) {
  const dialog = $("menu");
  $("menu-title").replaceChildren(title);
  $("choices").replaceChildren();
  $("typed").hidden = false;
  $("typed-text").value = value;
  return new Promise((resolve) => {
    let typed = null;
    dialog.onkeydown = null;
    $("typed").onsubmit = () => { typed = $("typed-text").value; };
    dialog.onclose = () => resolve(typed);
    dialog.showModal();
    tellAsked();
    $("typed-text").select();
  });
}

/* Keys for a menu: digits for the fields of the paper, for the parts of an object a letter of their name. */
function withKeys(fields, parts) {
  const free = new Set("123456789abcdefghijklmnopqrstuvwxyz0");
  const give = (option, wanted) => {
    const key = wanted.find((each) => free.has(each)) || [...free][0];
    if (key) { free.delete(key); option.key = key; }
    return option;
  };
  const letters = (name) => [...name.toLowerCase()].filter((each) => /[a-z]/.test(each));
  const named = parts.map((option) => give(option, letters(option.name)));
  return [...fields.map((option) => give(option, [..."123456789"])), ...named].filter((option) => option.key);
}
