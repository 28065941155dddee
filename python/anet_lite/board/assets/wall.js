"use strict";
// The wall of a file of streams: a small multiple for each, the strangest first, coloured by p-value.
(() => {
  const place = (id) => document.getElementById(id);
  const make = (tag, text = "", kind = "") => Object.assign(document.createElement(tag), { textContent: text, className: kind });
  const name = new URLSearchParams(location.search).get("name") ?? "";
  const [WIDE, HIGH, MOST] = [200, 56, 1000];
  let words;

  const level = (p) => p == null || p > 1e-2 ? "calm" : p > 1e-4 ? "odd" : "strange";

  // A line through all points, and over it those parts that are strange.
  const curve = ({ values, p }) => {
    const known = values.filter((y) => y != null), least = Math.min(...known), span = Math.max(...known) - least || 1;
    const point = (at) => `${(WIDE * (at + 0.5) / values.length).toFixed(1)},${(HIGH - 4 - (HIGH - 8) * (values[at] - least) / span).toFixed(1)}`;
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg"), paths = { calm: "", odd: "", strange: "" };
    values.forEach((y, at) => {
      if (y == null) return;
      if (at && values[at - 1] != null) paths[level(p[at])] += `M${point(at - 1)}L${point(at)}`;
      else paths[level(p[at])] += `M${point(at)}h.1`;
    });
    svg.setAttribute("viewBox", `0 0 ${WIDE} ${HIGH}`);
    svg.setAttribute("aria-hidden", "true");
    Object.entries(paths).forEach(([kind, d]) => {
      const path = document.createElementNS(svg.namespaceURI, "path");
      path.setAttribute("class", kind);
      path.setAttribute("d", d);
      svg.append(path);
    });
    return svg;
  };

  const tile = (stream) => {
    const item = make("li", "", level(stream.least)), link = make("a", stream.name || name);
    link.href = `run?name=${encodeURIComponent(name)}&stream=${encodeURIComponent(stream.name)}`;
    const rang = stream.alarms ? [words.rang.replace("{count}", stream.alarms)] : [];
    const least = stream.least == null ? words.unjudged : words.least.replace("{p}", stream.least.toPrecision(2));
    item.append(link, curve(stream), make("small", [...rang, least].join(", ")));
    return item;
  };

  const lost = (text) => Object.assign(place("lost"), { hidden: !text, textContent: text });

  let busy = false, stale = false;

  // One request at a time, and one more where something came meanwhile: samples come faster than a slow line answers.
  const load = async () => {
    if (busy) return void (stale = true);
    busy = true;
    await draw();
    busy = false;
    if (stale) {
      stale = false;
      load();
    }
  };

  const draw = async () => {
    const data = await fetch(`api/streams${location.search}`).then((answer) => answer.json()).catch(() => ({ error: words.lost }));
    lost(data.error ?? "");
    if (data.error) return;
    document.title = `${name} · anet-lite`;
    document.querySelector("h1").textContent = name;
    place("verdict").textContent = data.said;
    place("facts").textContent = `${words.streams.replace("{count}", data.tiles.length)}; ${data.form}`;
    const at = document.activeElement?.closest("#wall a")?.href;
    place("wall").replaceChildren(...data.tiles.slice(0, MOST).map(tile));
    if (at) [...place("wall").querySelectorAll("a")].find(({ href }) => href === at)?.focus();
  };

  fetch("api/start").then((answer) => answer.json()).then((found) => {
    words = found.words;
    document.documentElement.lang = words.lang;
    place("back").textContent = `← ${words.back}`;
    document.querySelector("footer").textContent = words.wall_key;
    load();
    const events = new EventSource(`api/events?since=${found.version}`);
    events.onmessage = ({ data }) => {
      const { cards, gone, anew } = JSON.parse(data);
      if (anew || cards.some((card) => card.name === name)) load();
      if (gone.includes(name)) lost(words.gone);
    };
    events.onerror = () => lost(words.lost);
    events.onopen = () => lost("");
  });
})();
