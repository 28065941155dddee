"use strict";
// A strip of statuses over the whole run; a part that is not healthy shows itself in the plots.
const strip = (parts, words, placeOf, look) => {
  const whole = Object.assign(document.createElement("div"), { className: "strip" });
  whole.setAttribute("role", "group");
  whole.setAttribute("aria-label", words.strip);
  parts.forEach(({ x, end, status, said }) => {
    const part = document.createElement("button");
    const text = `${said}: ${placeOf(x)} – ${placeOf(end)}`;
    Object.assign(part, { type: "button", className: status.replace("_", "-"), title: text });
    part.setAttribute("aria-label", text);
    part.style.flexGrow = Math.max(end - x, 1e-9);
    part.addEventListener("click", () => look(x, end));
    whole.append(part);
  });
  return whole;
};
