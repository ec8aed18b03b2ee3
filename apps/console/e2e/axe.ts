/** Holds a page against WCAG 2.2 AA, in both themes, at the width of a desk and of a small telephone. */
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "playwright/test";

const widths = [1440, 360];
const standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** A theme changes colours and nothing else, so the second is held to what is said of colours. */
const ofColours = ["color-contrast", "link-in-text-block"];

/** Sees that nothing is found, that nothing has to be scrolled to the side, and leaves the page as wide as it was. */
export const expectAccessible = async (page: Page): Promise<void> => {
  const before = page.viewportSize();
  for (const width of widths) {
    await page.setViewportSize({ width, height: before?.height ?? 900 });
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await expect(page.locator("html")).toHaveAttribute("data-theme", colorScheme);
      // Read when the page is there, not while its code is still coming.
      await expect(page.locator("h1")).toBeAttached();
      // Within the page: there are no frames of others that would have to be asked from a page of its own.
      const axe = new AxeBuilder({ page }).setLegacyMode();
      const { violations } = await (colorScheme === "light" ? axe.withTags(standards) : axe.withRules(ofColours)).analyze();
      const found = violations.map(({ id, help, nodes }) => ({
        id,
        help,
        at: nodes.map(({ target, failureSummary }) => ({ target, failureSummary })),
      }));
      expect(found, `${page.url()}, ${colorScheme}, ${width} px`).toEqual([]);
    }
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(overflow, `${page.url()} is wider than a screen of ${width} px`).toBeLessThanOrEqual(0);
  }
  if (before !== null) await page.setViewportSize(before);
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
};
