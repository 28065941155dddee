// What axe asks for beyond Sphinx and furo: a level for the captions of the sections, and code that scrolls by keyboard.
document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll('.caption[role="heading"]').forEach((caption) => caption.setAttribute("aria-level", "2"));
  document.querySelectorAll("pre, .table-wrapper").forEach((scrolls) => scrolls.setAttribute("tabindex", "0"));
});
