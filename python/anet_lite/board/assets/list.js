"use strict";
// The list of runs: drawn once, then kept up by what the server says has changed.
(() => {
  const place = (id) => document.getElementById(id);
  const make = (tag, text = "", kind = "") => Object.assign(document.createElement(tag), { textContent: text, className: kind });
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const whole = (x) => x.toLocaleString("en");
  const SEVERITY = ["failing", "collapsed", "settled_worse", "overfits", "alarms", "suspect", "settled", "warming_up", "", "quiet", "healthy"];
  const COLUMNS = ["run", "status", "curve", "step", "age", "incidents", "said"];
  const rows = new Map(); // by name: the card, its row, and the text in which a search looks
  const chosen = new Set();
  let words;
  let current = ""; // the run that the keyboard is on

  const rank = (card) => (SEVERITY.indexOf(card.status) + SEVERITY.length) % SEVERITY.length;
  const byName = (a, b) => a.name.localeCompare(b.name, "en", { numeric: true });
  const ORDERS = {
    by_trouble: (a, b) => rank(a) - rank(b) || b.incidents - a.incidents || b.written - a.written || byName(a, b),
    by_cause: (a, b) => (a.first === "") - (b.first === "") || a.first.localeCompare(b.first) || rank(a) - rank(b) || byName(a, b),
    by_name: byName,
    by_time: (a, b) => b.written - a.written || byName(a, b),
  };

  const duration = (seconds) => {
    const [size, unit] = [[86400, "d"], [3600, "h"], [60, "min"], [1, "s"]].find(([size]) => seconds >= size) ?? [1, "s"];
    return `${Math.max(0, Math.floor(seconds / size))} ${unit}`;
  };

  // A run that has been silent for ten times its usual interval, and for a minute: dead, done, or held up.
  const age = (card) => {
    const seconds = Date.now() / 1000 - card.written, silent = card.interval > 0 && seconds > Math.max(60, 10 * card.interval);
    return [fill(silent && seconds < 86400 ? words.silent : words.ago, { age: duration(seconds) }), silent && seconds < 86400];
  };

  const curve = (points) => {
    const known = points.filter((y) => y != null), least = Math.min(...known), most = Math.max(...known), span = most - least || 1;
    const parts = points.map((y, at) => y == null ? "" : `${(at ? points[at - 1] == null : true) ? "M" : "L"}`
      + `${(118 * at / Math.max(1, points.length - 1) + 1).toFixed(1)},${(28 - 26 * (y - least) / span).toFixed(1)}`);
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg"), path = document.createElementNS(svg.namespaceURI, "path");
    svg.setAttribute("viewBox", "0 0 120 30");
    svg.setAttribute("aria-hidden", "true");
    path.setAttribute("d", parts.join(""));
    svg.append(path);
    return svg;
  };

  const cell = (kind, ...inside) => {
    const made = make("td", "", kind);
    made.append(...inside);
    return made;
  };

  const badge = (status) => make("span", words.statuses[status] ?? status, `status ${status.replace("_", "-")}`);

  // A tag finds its like: the search is for it, and once more for all.
  const tag = (name) => {
    const wanted = `#${name}`, made = make("button", wanted, "tag");
    Object.assign(made, { type: "button", title: fill(words.tag, { tag: name }), ariaLabel: fill(words.tag, { tag: name }) });
    made.addEventListener("click", () => {
      place("search").value = place("search").value === wanted ? "" : wanted;
      arrange();
    });
    return made;
  };

  // A word of a search; one that begins with # is a whole tag.
  const has = ({ card, text }, word) => word.length > 1 && word.startsWith("#")
    ? card.tags.some((name) => name.toLowerCase() === word.slice(1)) : text.includes(word);

  const fillRow = (row, card) => {
    const link = make("a", card.name), box = make("input"), [told, silent] = age(card);
    const isRun = card.kind === "run";
    link.href = `${isRun ? "run" : "wall"}?name=${encodeURIComponent(card.name)}`;
    box.hidden = !isRun; // runs are compared
    Object.assign(box, { type: "checkbox", checked: chosen.has(card.name), ariaLabel: `${words.compare}: ${card.name}` });
    box.addEventListener("change", () => choose(card.name, box.checked));
    const status = cell("", badge(card.status));
    if (card.worst && card.worst !== card.status) status.append(make("small", fill(words.worst, { status: words.statuses[card.worst] ?? card.worst })));
    const steps = card.step == null ? fill(words.rows, { rows: whole(card.rows) }) : whole(card.step);
    const said = make("span", card.sentence);
    said.title = card.sentence;
    row.replaceChildren(
      cell("name", box, " ", link, ...card.tags.map(tag), make("small", card.form)), status, cell("", curve(card.loss)), cell("number step", steps),
      cell(`number age${silent ? " silent" : ""}`, told), cell("number incidents", whole(card.incidents)), cell("said", said),
    );
  };

  const take = (card) => {
    const known = rows.get(card.name) ?? { row: make("tr") };
    Object.assign(known, { card, text: `${card.name} ${card.status} ${words.statuses[card.status] ?? ""} ${card.first} ${card.sentence} ${card.form} ${card.tags.join(" ")}`.toLowerCase() });
    known.row.dataset.name = card.name;
    rows.set(card.name, known);
    if (!card.error) fillRow(known.row, card);
  };

  const shown = () => {
    const wanted = place("search").value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = [...rows.values()].filter((known) => !known.card.error && wanted.every((word) => has(known, word)));
    return found.sort((a, b) => ORDERS[place("order").value](a.card, b.card));
  };

  const arrange = () => {
    const body = place("runs").tBodies[0], found = shown(), grouped = place("order").value === "by_cause", all = [];
    let group;
    for (const { card, row } of found) {
      if (grouped && card.first !== group) {
        group = card.first;
        const head = make("th", group || words.nothing), line = make("tr", "", "group");
        Object.assign(head, { colSpan: COLUMNS.length, scope: "rowgroup" });
        line.append(head);
        all.push(line);
      }
      row.ariaSelected = String(card.name === current);
      all.push(row);
    }
    // Only where the order has changed: a row that is put again loses the keyboard.
    if (all.length !== body.rows.length || all.some((row, at) => body.rows[at] !== row)) body.replaceChildren(...all);
    const readable = [...rows.values()].filter(({ card }) => !card.error).length;
    place("count").textContent = fill(words.count, { shown: whole(found.length), all: whole(readable) });
    place("none").hidden = readable > 0;
    unread();
  };

  // Once a frame at most, however many runs change.
  let waits = false;
  const soon = () => {
    if (waits) return;
    waits = true;
    requestAnimationFrame(() => { waits = false; arrange(); });
  };

  const unread = () => {
    const bad = [...rows.values()].filter(({ card }) => card.error).map(({ card }) => card).sort(byName);
    place("unread").hidden = !bad.length;
    place("unread").firstElementChild.textContent = fill(words.unread, { count: whole(bad.length) });
    place("unread").lastElementChild.replaceChildren(...bad.slice(0, 200).map((card) => make("li", `${card.name}: ${card.error}`)));
  };

  const choose = (name, on) => {
    if (on) chosen.add(name); else chosen.delete(name);
    place("compare").disabled = chosen.size < 2 || chosen.size > 8;
    place("compare").textContent = chosen.size ? `${words.compare} (${chosen.size})` : words.compare;
  };

  const compare = () => {
    if (!place("compare").disabled) location.href = `run?${[...chosen].map((name) => `name=${encodeURIComponent(name)}`).join("&")}`;
  };

  const move = (by) => {
    const found = shown(), at = found.findIndex(({ card }) => card.name === current);
    const next = found[Math.min(found.length - 1, Math.max(0, at + by))];
    if (!next) return;
    current = next.card.name;
    found.forEach(({ card, row }) => { row.ariaSelected = String(card.name === current); });
    next.row.querySelector("a").focus({ preventScroll: true });
    next.row.scrollIntoView({ block: "nearest" });
  };

  const key = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("input[type=search]")) return ["Escape", "Enter"].includes(event.key) && event.target.blur();
    const does = {
      "/": () => place("search").focus(), j: () => move(1), k: () => move(-1), c: compare,
      x: () => rows.get(current)?.row.querySelector("input:not([hidden])")?.click(),
    }[event.key];
    if (!does) return;
    event.preventDefault();
    does();
  };

  const say = () => {
    document.documentElement.lang = words.lang;
    document.title = `${words.title} · anet-lite`;
    document.querySelector("h1").textContent = words.title;
    Object.assign(place("search"), { placeholder: words.search, ariaLabel: words.search });
    place("order").ariaLabel = words.status;
    place("order").append(...Object.keys(ORDERS).map((name) => new Option(words[name], name)));
    place("runs").tHead.rows[0].append(...COLUMNS.map((name) => Object.assign(make("th", words[name]), { scope: "col" })));
    place("none").textContent = words.none;
    document.querySelector("footer").textContent = words.keys;
    choose("", false);
  };

  const listen = (since) => {
    const events = new EventSource(`api/events?since=${since}`);
    events.onmessage = ({ data }) => {
      const { cards, gone, anew } = JSON.parse(data);
      place("lost").hidden = true;
      if (anew) rows.clear();
      cards.forEach(take);
      gone.forEach((name) => rows.delete(name));
      soon();
    };
    events.onopen = () => { place("lost").hidden = true; };
    events.onerror = () => { Object.assign(place("lost"), { hidden: false, textContent: words.lost }); };
  };

  const ages = () => rows.forEach(({ card, row }) => {
    const place = row.querySelector(".age");
    if (!place) return;
    const [told, silent] = age(card);
    place.textContent = told;
    place.classList.toggle("silent", silent);
  });

  fetch("api/runs").then((answer) => answer.json()).then((found) => {
    words = found.words;
    say();
    found.cards.forEach(take);
    arrange();
    listen(found.version);
    setInterval(ages, 1000);
    place("search").addEventListener("input", arrange);
    place("order").addEventListener("change", arrange);
    place("compare").addEventListener("click", compare);
    place("tools").addEventListener("submit", (event) => event.preventDefault());
    addEventListener("keydown", key);
  });
})();
