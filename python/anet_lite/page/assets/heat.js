"use strict";
// Maps of groups over steps: a row for each group, a shade for each part of the run. The page says what is in view.
const heat = (() => {
  const ROW = 18;
  const NOT_FINITE = 101;
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const make = (tag, text = "", kind = "") => Object.assign(document.createElement(tag), { textContent: text, className: kind });

  const paint = (canvas, map, view, alarms) => {
    const ratio = devicePixelRatio, width = canvas.clientWidth * ratio, row = ROW * ratio;
    Object.assign(canvas, { width, height: row * map.groups.length });
    const ctx = canvas.getContext("2d"), pixel = (x) => ((x - view.min) / (view.max - view.min)) * width;
    const colours = { below: css("--one"), above: css("--two"), bad: css("--alarm") };
    map.shades.forEach((shades, group) => shades.forEach((shade, at) => {
      const from = pixel(map.edges[at]), to = pixel(map.edges[at + 1]);
      if (to < 0 || from > width || shade == null) return;
      const bad = shade === NOT_FINITE;
      ctx.globalAlpha = bad ? 1 : Math.abs(shade) / 100;
      ctx.fillStyle = bad ? colours.bad : shade < 0 ? colours.below : colours.above;
      ctx.fillRect(from, group * row, Math.max(to - from, 1), row - ratio);
    }));
    ctx.globalAlpha = 1;
    ctx.fillStyle = ctx.strokeStyle = colours.bad;
    ctx.lineWidth = 2 * ratio;
    alarms.filter((alarm) => alarm.x <= view.max && (alarm.end ?? alarm.x) >= view.min).forEach(({ x, end }) => {
      if (end == null) ctx.fillRect(pixel(x), 0, ratio, canvas.height);
      else ctx.strokeRect(pixel(x), ratio, pixel(end) - pixel(x), canvas.height - 2 * ratio); // an incident, from begin to end
    });
  };

  const said = (map, group, at, place, short) => {
    const { words } = map, value = map.values[group][at], usual = map.usual[group];
    const text = map.shades[group][at] === NOT_FINITE ? words.infinite : value == null ? words.missing : short(value);
    const cell = words.cell.replace("{group}", () => map.groups[group]).replace("{place}", place).replace("{value}", text);
    const times = value != null && usual > 0 ? words.ratio.replace("{ratio}", short(+(value / usual).toPrecision(2))).replace("{usual}", short(usual)) : "";
    return cell + times;
  };

  // The same in numbers, for whoever cannot see shades.
  const table = (map, short) => {
    const all = make("details", "", "numbers"), rows = make("table"), head = make("tr");
    head.append(...map.words.columns.map((text) => Object.assign(make("th", text), { scope: "col" })));
    rows.append(head);
    map.groups.forEach((group, at) => {
      const row = make("tr"), known = map.values[at].filter((value) => value != null);
      const numbers = known.length ? [known[0], known[known.length - 1], Math.min(...known), Math.max(...known)] : [null, null, null, null];
      const lost = map.shades[at].filter((shade) => shade === NOT_FINITE).length;
      row.append(Object.assign(make("th", group), { scope: "row" }), ...[...numbers, lost].map((value) => make("td", short(value))));
      rows.append(row);
    });
    all.append(make("summary", map.words.table), rows);
    return all;
  };

  let chosen = ""; // the title of the only map that a reader wants; all where it is empty

  // Chooses among several maps; what was chosen outlives new data.
  const selector = (maps, words, repaint) => {
    const select = make("select");
    const look = () => {
      maps.forEach(({ title, whole }) => { whole.hidden = chosen !== "" && title !== chosen; });
      repaint();
    };
    if (!maps.some(({ title }) => title === chosen)) chosen = "";
    select.append(new Option(words.all, ""), ...maps.map(({ title }) => new Option(title, title)));
    select.value = chosen;
    select.setAttribute("aria-label", words.choose);
    select.addEventListener("change", () => {
      chosen = select.value;
      look();
    });
    look();
    return select;
  };

  // Returns the box of a map and what paints it again.
  const box = (map, view, alarms, placeOf, short) => {
    const whole = make("div", "", "plot heat"), title = make("h3", map.title), labels = make("div", "", "groups");
    const canvas = make("canvas"), readOut = make("p", map.words.keys, "quiet");
    const chosen = { group: 0, at: 0 };
    title.append(make("span", map.legend, "legend"));
    map.groups.forEach((group) => labels.append(Object.assign(make("span", group), { title: group })));
    canvas.style.height = `${ROW * map.groups.length}px`;
    canvas.tabIndex = 0;
    canvas.setAttribute("role", "img");
    readOut.setAttribute("aria-live", "polite");
    const tell = (group, at) => {
      Object.assign(chosen, { group: Math.min(map.groups.length - 1, Math.max(0, group)), at: Math.min(map.edges.length - 2, Math.max(0, at)) });
      readOut.textContent = said(map, chosen.group, chosen.at, placeOf(map.edges[chosen.at]), short);
      canvas.setAttribute("aria-label", `${map.title}. ${readOut.textContent}`);
    };
    canvas.setAttribute("aria-label", `${map.title}. ${map.words.keys}`);
    canvas.addEventListener("pointermove", (event) => {
      const { min, max } = view(), x = min + (event.offsetX / canvas.clientWidth) * (max - min);
      tell(Math.floor(event.offsetY / ROW), map.edges.findLastIndex((edge) => edge <= x));
    });
    canvas.addEventListener("keydown", (event) => {
      const move = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
      if (!move) return;
      event.preventDefault();
      tell(chosen.group + move[0], chosen.at + move[1]);
    });
    const field = make("div", "", "field");
    field.append(labels, canvas);
    whole.append(title, field, readOut, table(map, short));
    return { title: map.title, whole, paint: () => paint(canvas, map, view(), alarms) };
  };

  return { box, selector };
})();
