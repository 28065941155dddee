"use strict";
// Draws the data of a page: a plot for each panel, all with one x axis, and lists of what happened. `show` may be called again.
const page = (() => {
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const make = (tag, text = "", kind = "") => Object.assign(document.createElement(tag), { textContent: text, className: kind });
  const place = (id) => document.getElementById(id);
  const whole = (x) => x.toLocaleString("en");
  const short = (y) => y == null ? "–" : Math.abs(y) >= 1e5 || (y && Math.abs(y) < 1e-3) ? y.toExponential(2).replace(/\.?0+e/, "e") : String(+y.toPrecision(4));
  const colour = (s, at) => `--${s.colour ?? ["one", "two", "three", "three"][at]}`; // the last two are the ends of a band
  const plots = [];
  const maps = [];
  const sync = uPlot.sync("run");
  let data = { panels: [], alarms: [], audit: [] };
  let boxes = [];
  let full = { min: 0, max: 1 };
  let range = full;
  let logged = null; // the axes that a reader has asked for; else by the numbers

  const fullRange = () => {
    const xs = data.panels.flatMap((panel) => panel.series.flatMap((s) => [s.x[0], s.x[s.x.length - 1]])).filter((x) => x != null);
    const [first, last] = xs.length ? [Math.min(...xs), Math.max(...xs)] : [0, 1];
    return { min: first, max: last > first ? last : first + 1 };
  };

  // uPlot wants one x for all series of a plot.
  const joined = (panel) => panel.series.length === 1
    ? [panel.series[0].x, panel.series[0].y]
    : uPlot.join(panel.series.map((s) => [s.x, s.y]), panel.series.map((s) => [2]));

  const line = (plot, x, stroke, dash) => {
    const { ctx, bbox } = plot;
    if (x == null || x < plot.scales.x.min || x > plot.scales.x.max) return;
    const at = Math.round(plot.valToPos(x, "x", true));
    ctx.save();
    ctx.strokeStyle = stroke;
    ctx.lineWidth = devicePixelRatio;
    ctx.setLineDash(dash.map((d) => d * devicePixelRatio));
    ctx.beginPath();
    ctx.moveTo(at, bbox.top);
    ctx.lineTo(at, bbox.top + bbox.height);
    ctx.stroke();
    ctx.restore();
  };

  // From the beginning of an alarm to its end, where it has one.
  const band = (plot, alarm, fill) => {
    if (alarm.end == null || alarm.end < plot.scales.x.min || alarm.x > plot.scales.x.max) return;
    const { ctx, bbox } = plot, pixel = (x) => Math.min(bbox.left + bbox.width, Math.max(bbox.left, plot.valToPos(x, "x", true)));
    ctx.save();
    ctx.globalAlpha = 0.15;
    ctx.fillStyle = fill;
    ctx.fillRect(pixel(alarm.x), bbox.top, Math.max(pixel(alarm.end) - pixel(alarm.x), devicePixelRatio), bbox.height);
    ctx.restore();
  };

  // A mark whose size does not depend on the scale, at the strangest sample of an alarm.
  const peak = (plot, [x, y], fill) => {
    if (x < plot.scales.x.min || x > plot.scales.x.max) return;
    const { ctx } = plot, size = 4 * devicePixelRatio, at = plot.valToPos(x, "x", true), tip = plot.valToPos(y, "y", true);
    ctx.fillStyle = fill;
    ctx.beginPath();
    ctx.moveTo(at, tip);
    ctx.lineTo(at - size, tip - 2 * size);
    ctx.lineTo(at + size, tip - 2 * size);
    ctx.fill();
  };

  // What is not finite has no place on the axis: a mark on its lower edge.
  const marks = (plot, bad, fill) => {
    const { ctx, bbox } = plot, size = 4 * devicePixelRatio;
    ctx.fillStyle = fill;
    for (const x of bad) {
      if (x < plot.scales.x.min || x > plot.scales.x.max) continue;
      const at = plot.valToPos(x, "x", true), foot = bbox.top + bbox.height;
      ctx.beginPath();
      ctx.moveTo(at, foot - 2 * size);
      ctx.lineTo(at - size, foot);
      ctx.lineTo(at + size, foot);
      ctx.fill();
    }
  };

  const overlay = (panel) => (plot) => {
    data.alarms.filter((alarm) => alarm.panel == null || alarm.panel === panel.title).forEach((alarm) => {
      band(plot, alarm, css("--alarm"));
      if (alarm.peak) peak(plot, alarm.peak, css("--alarm"));
      else line(plot, alarm.x, css("--alarm"), [2, 3]);
    });
    data.audit.forEach((record) => line(plot, record.x, css("--audit"), [6, 3]));
    line(plot, data.broke, css("--alarm"), []);
    panel.series.forEach((s) => marks(plot, s.bad, css("--alarm")));
  };

  const look = (min, max) => {
    range = { min, max };
    plots.forEach((plot) => plot.setScale("x", range));
    maps.forEach((map) => map.paint());
  };

  const axis = (size) => ({
    stroke: css("--quiet"), grid: { stroke: css("--grid"), width: 1 }, ticks: { stroke: css("--grid"), width: 1 },
    font: "12px system-ui, sans-serif", size,
  });

  const isLog = (values) => {
    const positive = values.length && values.every((y) => y > 0);
    return positive && (logged ?? Math.max(...values.slice(0, 1e5)) / Math.min(...values.slice(0, 1e5)) > 100);
  };

  const draw = (panel, box) => {
    const legend = box.querySelector(".legend");
    const timed = data.axis === "time"; // x is in seconds since 1970, by the clock of the data
    const readOut = (plot) => panel.series.forEach((s, at) => {
      const i = plot.cursor.idx;
      legend.querySelectorAll("span")[at].textContent = `${s.name} ${i == null ? "" : short(plot.data[at + 1][i])}`;
    });
    const log = isLog(panel.series.flatMap((s) => s.y).filter((y) => y != null));
    const options = {
      width: Math.max(200, box.clientWidth - 20), height: 190, legend: { show: false },
      cursor: { sync: { key: sync.key, scales: ["x", null] }, drag: { x: true, y: false }, points: { size: 5 } },
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
      scales: { x: { time: timed, min: range.min, max: range.max }, y: { distr: log ? 3 : 1 } },
      axes: [
        timed ? axis(48) : { ...axis(34), values: (_, ticks) => ticks.map((x) => Number.isInteger(x) ? whole(x) : "") },
        { ...axis(56), values: (_, ticks) => ticks.map((y) => y == null ? "" : short(y)) },
      ],
      series: [{}, ...panel.series.map((s, at) => ({
        stroke: css(colour(s, at)), width: 1.25, points: { show: s.y.length < 40 }, spanGaps: false,
      }))],
      hooks: {
        draw: [overlay(panel)],
        setCursor: [readOut],
        setSelect: [(plot) => {
          if (plot.select.width > 3) look(plot.posToVal(plot.select.left, "x"), plot.posToVal(plot.select.left + plot.select.width, "x"));
          plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        }],
      },
    };
    options.cursor.drag.setScale = false;
    const plot = new uPlot(options, joined(panel), box);
    plot.over.addEventListener("dblclick", () => look(full.min, full.max));
    readOut(plot);
    return plot;
  };

  const boxOf = (panel) => {
    const box = make("div", "", "plot"), legend = make("span", "", "legend"), title = make("h3", panel.title);
    panel.series.forEach((s, at) => {
      if (!s.name) return legend.append(make("span")); // its plot is called by its own name
      const swatch = make("i");
      swatch.style.background = `var(${colour(s, at)})`;
      legend.append(swatch, make("span", s.name));
    });
    title.append(legend);
    box.append(title);
    return box;
  };

  const redraw = () => {
    plots.splice(0).forEach((plot) => plot.destroy());
    data.panels.forEach((panel, at) => plots.push(draw(panel, boxes[at])));
    maps.forEach((map) => map.paint());
  };

  const show = (x) => {
    if (x == null) return;
    const width = Math.max((full.max - full.min) / 12, 20);
    look(Math.max(full.min, x - width), Math.min(full.max, x + width));
    place("hint").scrollIntoView({ behavior: "smooth" });
  };

  const lookAt = (from, to) => {
    const width = Math.max((to - from) / 10, (full.max - full.min) / 50);
    look(Math.max(full.min, from - width), Math.min(full.max, to + width));
  };

  const list = (id, title, items = [], item, more = "") => {
    place(id).replaceChildren();
    if (!items.length && !more) return;
    const all = make("ol");
    items.forEach((entry) => all.append(item(entry)));
    place(id).append(make("h2", title), all);
    if (more) place(id).append(make("p", more, "quiet"));
  };

  const placeOf = (x) => data.words.place.replace("{x}", whole(Math.round(x)));

  const at = (entry) => {
    const button = make("button", entry.at ?? placeOf(entry.x));
    button.type = "button";
    button.addEventListener("click", () => show(entry.x));
    return button;
  };

  // Alarms of one incident belong together; those of streams stand alone.
  const incidents = () => {
    const found = new Map();
    data.alarms.forEach((entry, place) => {
      const key = entry.panel == null ? entry.incident : -1 - place;
      found.set(key, [...(found.get(key) ?? []), entry]);
    });
    return [...found.values()];
  };

  const moment = (entry) => {
    const item = make("li");
    item.append(at(entry), " ", ...entry.what.flatMap((name) => [make("code", name), " "]));
    return item;
  };

  // An incident: what it was, then what came in its course, with what was noted and done.
  const card = ([first, ...later]) => {
    const item = make("li"), text = [first, ...later].find((entry) => entry.text)?.text;
    item.append(at(first));
    if (first.end != null && data.words.to) item.append(data.words.to, at({ x: first.end })); // the end of a stream's is in its words
    item.append(" ", ...first.what.flatMap((name) => [make("code", name), " "]));
    if (text) item.append(make("p", text));
    const inside = (entry) => entry.x != null && entry.x >= first.x && entry.x <= (first.end ?? first.x);
    const course = [
      ...later,
      ...(data.notes ?? []).filter(inside).map((entry) => ({ ...entry, what: [entry.text] })),
      ...data.audit.filter(inside).map((entry) => ({ ...entry, what: [entry.event] })),
    ].sort((a, b) => a.x - b.x);
    if (course.length) {
      const all = make("ol", "", "course");
      all.append(...course.map(moment));
      item.append(all);
    }
    return item;
  };

  const auditRecord = (entry) => {
    const item = make("li"), head = make("p");
    if (entry.x != null) head.append(at(entry), " ");
    const by = data.words.by.replace("{operator}", entry.operator).replace("{policy}", entry.policy);
    head.append(make("strong", entry.event), by, make("time", entry.time));
    item.append(head);
    if (entry.text) item.append(make("code", entry.text));
    return item;
  };

  const note = (entry) => {
    const item = make("li");
    item.append(at(entry), ` ${entry.text}`);
    return item;
  };

  const fill = () => {
    const { words } = data, verdict = place("verdict"), touch = matchMedia("(hover: none)").matches;
    document.documentElement.lang = words.lang;
    document.querySelector("h1").textContent = data.name;
    verdict.replaceChildren();
    const badge = (text, status) => verdict.append(make("span", text, `status ${status.replace("_", "-")}`), " ");
    if (data.status) badge(data.badge, data.status);
    if (data.worst && data.worst !== data.status) badge(words.worst, data.worst);
    verdict.append(words.verdict);
    place("facts").textContent = words.facts;
    place("hint").textContent = touch ? words.touch ?? words.hint : words.hint;
    document.querySelector("footer").textContent = words.footer;
    list("alarms", words.alarms, incidents(), card, words.more);
    list("audit", words.audit, data.audit, auditRecord, data.auditRemark);
    list("notes", words.notes, data.notes, note);
  };

  // Draws data; where some were drawn before and a reader looks at a part, that part stays.
  const showData = (next) => {
    const looksAtAll = range.min === full.min && range.max === full.max;
    data = next;
    full = fullRange();
    if (looksAtAll) range = full;
    fill();
    plots.splice(0).forEach((plot) => plot.destroy());
    boxes = data.panels.map(boxOf);
    const made = (data.heat ?? []).map((map) => heat.box(map, () => range, data.alarms, placeOf, short));
    maps.splice(0, maps.length, ...made);
    const several = made.length > 1 ? [heat.selector(made, data.heat[0].words, () => maps.forEach((map) => map.paint()))] : [];
    place("heat")?.replaceChildren(...several, ...made.map((map) => map.whole));
    place("strip")?.replaceChildren(...(data.strip?.length ? [strip(data.strip, data.words, placeOf, lookAt)] : []));
    place("plots").replaceChildren(...boxes);
    redraw();
  };

  const setLog = (log) => {
    logged = log;
    redraw();
  };

  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  let width = innerWidth;
  addEventListener("resize", () => { if (innerWidth !== width) { width = innerWidth; redraw(); } });
  return { show: showData, setLog };
})();
if (document.getElementById("data")) page.show(JSON.parse(document.getElementById("data").textContent));
