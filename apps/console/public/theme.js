// Sets the theme before the first paint. A file of its own, since the page allows no inline script.
(() => {
  let choice = null;
  try {
    choice = localStorage.getItem("switchboard.theme");
  } catch {
    // Storage refused: the system decides.
  }
  const dark = choice === "dark" || (choice !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
})();
