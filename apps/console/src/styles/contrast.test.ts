import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const css = readFileSync(join(import.meta.dirname, "tokens.css"), "utf8");
const tokensOf = (block: string) => new Map([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value!]));
const [light = "", dark = ""] = css.split(':root[data-theme="dark"]');
const themes = { light: tokensOf(light), dark: tokensOf(dark) };

const channel = (value: number): number => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
const luminance = (hex: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => channel(Number.parseInt(hex.slice(at, at + 2), 16) / 255));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const contrast = (a: string, b: string): number => {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
};

const surfaces = ["bg", "panel", "sunken", "accent-soft"];
const texts: [string, string[]][] = [
  ["ink", surfaces],
  ["ink-2", surfaces],
  ["ink-3", [...surfaces, "idle-soft"]],
  ["ok", ["ok-soft", "panel"]],
  ["ring", ["ring-soft", "panel"]],
  ["bad", ["bad-soft", "panel"]],
  ["idle", ["idle-soft", "panel"]],
  ["info", ["info-soft", "panel"]],
  ["on-accent", ["accent"]],
];

for (const theme of ["light", "dark"] as const) {
  const value = (name: string): string => themes[theme].get(name) ?? "";

  test.each(texts)(`in the ${theme} theme %s can be read on %j (WCAG AA, 4.5 : 1)`, (text, on) => {
    for (const surface of on) expect([surface, contrast(value(text), value(surface)) >= 4.5]).toEqual([surface, true]);
  });

  test(`in the ${theme} theme the focus ring and the fields' borders stand out (3 : 1)`, () => {
    for (const mark of ["accent", "line-strong"]) {
      for (const surface of ["bg", "panel", "sunken"])
        expect([mark, surface, contrast(value(mark), value(surface)) >= 3]).toEqual([mark, surface, true]);
    }
  });
}
