"use strict";
// Draws the data of the page: a plot for each panel, all with one x axis, and lists of what happened.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const make = (tag, text = "", kind = "") => Object.assign(document.createElement(tag), { textContent: text, className: kind });
  const whole = (x) => x.toLocaleString("en");
  const timed = data.axis === "time"; // x is in seconds since 1970, by the clock of the data
  const short = (y) => y == null ? "–" : Math.abs(y) >= 1e5 || (y && Math.abs(y) < 1e-3) ? y.toExponential(2) : String(+y.toPrecision(4));
  const colours = ["--one", "--two", "--three", "--three"]; // the last two are the ends of a band
  const plots = [];
  const sync = uPlot.sync("run");
  const xs = data.panels.flatMap((panel) => panel.series.flatMap((s) => [s.x[0], s.x[s.x.length - 1]]));
  const [first, last] = xs.length ? [Math.min(...xs), Math.max(...xs)] : [0, 1];
  const full = { min: first, max: last > first ? last : first + 1 };
  let range = full;

  // uPlot wants one x for all series of a plot.
  const joined = (panel) => panel.series.length === 1
    ? [panel.series[0].x, panel.series[0].y]
    : uPlot.join(panel.series.map((s) => [s.x, s.y]), panel.series.map((s) => [2]));

  const line = (plot, x, colour, dash) => {
    const { ctx, bbox } = plot;
    if (x == null || x < plot.scales.x.min || x > plot.scales.x.max) return;
    const at = Math.round(plot.valToPos(x, "x", true));
    ctx.save();
    ctx.strokeStyle = colour;
    ctx.lineWidth = devicePixelRatio;
    ctx.setLineDash(dash.map((d) => d * devicePixelRatio));
    ctx.beginPath();
    ctx.moveTo(at, bbox.top);
    ctx.lineTo(at, bbox.top + bbox.height);
    ctx.stroke();
    ctx.restore();
  };

  // From the beginning of an alarm to its end, where it has one.
  const band = (plot, alarm, colour) => {
    if (alarm.end == null || alarm.end < plot.scales.x.min || alarm.x > plot.scales.x.max) return;
    const { ctx, bbox } = plot, place = (x) => Math.min(bbox.left + bbox.width, Math.max(bbox.left, plot.valToPos(x, "x", true)));
    ctx.save();
    ctx.globalAlpha = 0.15;
    ctx.fillStyle = colour;
    ctx.fillRect(place(alarm.x), bbox.top, Math.max(place(alarm.end) - place(alarm.x), devicePixelRatio), bbox.height);
    ctx.restore();
  };

  // A mark whose size does not depend on the scale, at the strangest sample of an alarm.
  const peak = (plot, [x, y], colour) => {
    if (x < plot.scales.x.min || x > plot.scales.x.max) return;
    const { ctx } = plot, size = 4 * devicePixelRatio, at = plot.valToPos(x, "x", true), tip = plot.valToPos(y, "y", true);
    ctx.fillStyle = colour;
    ctx.beginPath();
    ctx.moveTo(at, tip);
    ctx.lineTo(at - size, tip - 2 * size);
    ctx.lineTo(at + size, tip - 2 * size);
    ctx.fill();
  };

  // What is not finite has no place on the axis: a mark on its lower edge.
  const marks = (plot, bad, colour) => {
    const { ctx, bbox } = plot, size = 4 * devicePixelRatio;
    ctx.fillStyle = colour;
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
  };

  const axis = (size) => ({
    stroke: css("--quiet"), grid: { stroke: css("--grid"), width: 1 }, ticks: { stroke: css("--grid"), width: 1 },
    font: "12px system-ui, sans-serif", size,
  });

  const draw = (panel, box) => {
    const legend = box.querySelector(".legend");
    const readOut = (plot) => panel.series.forEach((s, at) => {
      const i = plot.cursor.idx;
      legend.querySelectorAll("span")[at].textContent = `${s.name} ${i == null ? "" : short(plot.data[at + 1][i])}`;
    });
    const values = panel.series.flatMap((s) => s.y).filter((y) => y != null);
    const positive = values.length && values.every((y) => y > 0);
    const log = positive && Math.max(...values.slice(0, 1e5)) / Math.min(...values.slice(0, 1e5)) > 100;
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
        stroke: css(colours[at]), width: 1.25, points: { show: s.y.length < 40 }, spanGaps: false,
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

  const boxes = data.panels.map((panel) => {
    const box = make("div", "", "plot"), legend = make("span", "", "legend"), title = make("h3", panel.title);
    panel.series.forEach((s, at) => {
      if (!s.name) return legend.append(make("span")); // its plot is called by its own name
      const colour = make("i");
      colour.style.background = `var(${colours[at]})`;
      legend.append(colour, make("span", s.name));
    });
    title.append(legend);
    box.append(title);
    document.getElementById("plots").append(box);
    return box;
  });

  const redraw = () => {
    plots.splice(0).forEach((plot) => plot.destroy());
    data.panels.forEach((panel, at) => plots.push(draw(panel, boxes[at])));
  };

  const show = (x) => {
    if (x == null) return;
    const width = Math.max((full.max - full.min) / 12, 20);
    look(Math.max(full.min, x - width), Math.min(full.max, x + width));
    document.getElementById("hint").scrollIntoView({ behavior: "smooth" });
  };

  const list = (id, title, items, item, more = "") => {
    const place = document.getElementById(id);
    if (!items.length && !more) return;
    const all = make("ol");
    items.forEach((entry) => all.append(item(entry)));
    place.append(make("h2", title), all);
    if (more) place.append(make("p", more, "quiet"));
  };

  const at = (entry) => {
    const button = make("button", entry.at ?? `${data.axis} ${whole(entry.x)}`);
    button.type = "button";
    button.addEventListener("click", () => show(entry.x));
    return button;
  };

  const alarm = (entry) => {
    const item = make("li");
    item.append(at(entry), " ");
    entry.what.forEach((name) => item.append(make("code", name), " "));
    if (entry.text) item.append(make("p", entry.text));
    return item;
  };

  const auditRecord = (entry) => {
    const item = make("li"), head = make("p");
    if (entry.x != null) head.append(at(entry), " ");
    head.append(make("strong", entry.event), ` by ${entry.operator}, policy ${entry.policy} `, make("time", entry.time));
    item.append(head);
    if (entry.text) item.append(make("code", entry.text));
    return item;
  };

  // Of streams all sentences come with the data.
  const fillWords = (words, verdict) => {
    document.documentElement.lang = words.lang;
    verdict.append(words.verdict);
    for (const place of ["facts", "hint"]) document.getElementById(place).textContent = words[place];
    document.querySelector("footer").textContent = words.footer;
  };

  const fill = () => {
    document.querySelector("h1").textContent = data.name;
    const verdict = document.getElementById("verdict");
    const badge = (text, status) => verdict.append(make("span", text, `status ${status.replace(" ", "-")}`), " ");
    if (data.status) badge(data.status, data.status);
    if (data.worst && data.worst !== data.status) badge(`${data.worst} at worst`, data.worst);
    list("alarms", data.words?.alarms ?? "Alarms", data.alarms, alarm, data.more ? `${whole(data.more)} more are not listed.` : "");
    if (data.words) return fillWords(data.words, verdict);
    const fired = data.alarms.length + data.more;
    const several = (count, what) => `${whole(count)} ${what}${count > 1 ? "s" : ""}`;
    const alarms = fired ? `${several(data.incidents, "incident")} with ${several(fired, "alarm")}` : "No alarm";
    const opened = new Map();
    data.alarms.forEach((entry) => opened.has(entry.incident) || opened.set(entry.incident, entry.x));
    const before = [...opened.values()].filter((x) => data.broke != null && x <= data.broke).pop();
    const lead = data.broke == null ? "" : before == null ? " None opened before that."
      : before === data.broke ? " The last one opened there." : ` The last before that opened at ${data.axis} ${whole(before)}.`;
    verdict.append(`${data.verdict} ${alarms}.${lead}${data.remark && " "}${data.remark}`);
    if (matchMedia("(hover: none)").matches) document.getElementById("hint").textContent =
      "Tap a step below to look closer, tap a plot twice to see all. All plots move together.";
    document.getElementById("facts").textContent = `${data.form}, ${whole(data.rows)} rows. `
      + (data.replayed ? "Alarms and metrics are what a monitor says of these rows now." : "Alarms and metrics are as they were recorded.");
    list("audit", "Tombstones", data.audit, auditRecord, data.auditRemark);
    list("notes", "Notes of the recorder", data.notes, (entry) => {
      const item = make("li");
      item.append(at(entry), ` ${entry.text}`);
      return item;
    });
    document.querySelector("footer").textContent =
      `Dotted: alarms. Solid: from where on the verdict holds. Dashed: tombstones. Triangles: not finite. anet-lite ${data.version}, plots by uPlot.`;
  };

  fill();
  redraw();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  let width = innerWidth;
  addEventListener("resize", () => { if (innerWidth !== width) { width = innerWidth; redraw(); } });
})();
