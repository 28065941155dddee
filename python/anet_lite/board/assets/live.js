"use strict";
// Fetches a run, or several beside each other, and again whenever one of them has changed.
(() => {
  const place = (id) => document.getElementById(id);
  const names = new URLSearchParams(location.search).getAll("name");
  let words;
  let busy = false;
  let stale = false;

  const lost = (text) => Object.assign(place("lost"), { hidden: !text, textContent: text });

  const load = async () => {
    if (busy) return void (stale = true);
    busy = true;
    try {
      const data = await fetch(`api/run${location.search}`).then((answer) => answer.json()).catch(() => ({ error: words.lost }));
      lost(data.error ?? "");
      if (!data.error) {
        page.show(data);
        document.title = `${data.name} · anet-lite`;
      }
    } finally {
      busy = false;
    }
    if (stale) {
      stale = false;
      load();
    }
  };

  fetch("api/start").then((answer) => answer.json()).then((found) => {
    words = found.words;
    place("back").textContent = `← ${words.back}`;
    document.querySelector("label span").textContent = words.log;
    place("log").addEventListener("change", ({ target }) => page.setLog(target.checked ? true : null));
    load();
    const events = new EventSource(`api/events?since=${found.version}`);
    events.onmessage = ({ data }) => {
      const { cards, gone, anew } = JSON.parse(data);
      if (anew || cards.some((card) => names.includes(card.name))) load();
      if (gone.some((name) => names.includes(name))) lost(words.gone);
    };
    events.onerror = () => lost(words.lost);
    events.onopen = () => lost("");
  });
})();
