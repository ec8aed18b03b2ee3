/** The theme: light, dark, or as the system says; `public/theme.js` has set it before the first paint. */
export const themeChoices = ["system", "light", "dark"] as const;
export type ThemeChoice = (typeof themeChoices)[number];

const storageKey = "switchboard.theme";
const systemDark = matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();

const stored = (): ThemeChoice => {
  try {
    return themeChoices.find((choice) => choice === localStorage.getItem(storageKey)) ?? "system";
  } catch {
    return "system";
  }
};

let current = stored();

const paint = () => {
  const dark = current === "dark" || (current === "system" && systemDark.matches);
  document.documentElement.dataset["theme"] = dark ? "dark" : "light";
};

const tell = () => {
  paint();
  for (const listener of listeners) listener();
};

systemDark.addEventListener("change", tell);

export const theme = {
  get: (): ThemeChoice => current,
  set: (choice: ThemeChoice) => {
    current = choice;
    try {
      localStorage.setItem(storageKey, choice);
    } catch {
      // Storage refused: the choice lasts as long as the page.
    }
    tell();
  },
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  },
};
