/** A page as people see it, in both themes, kept to be looked at. */
import { join } from "node:path";
import { expect, type Page } from "playwright/test";

const directory = "reports/screens";
const themes = ["light", "dark"] as const;
/** Of a desk and of a telephone. */
export const widths = [1440, 390];

/** Everything that was asked for has come, and nothing moves. */
export const settle = async (page: Page) => {
  await page.waitForLoadState("networkidle");
  await expect(page.getByRole("status", { name: "Loading" })).toHaveCount(0);
  await page.evaluate(() => document.fonts.ready);
};

/** At the width the page has now. */
export const pictures = async (page: Page, name: string, { fullPage = false } = {}) => {
  const width = page.viewportSize()?.width;
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await settle(page);
    await page.screenshot({ path: join(directory, `${name}-${colorScheme}-${width}.png`), fullPage });
  }
};

/** At each width, without going anywhere; ends at the desk's. */
export const picturesOfAllWidths = async (page: Page, name: string, options: { fullPage?: boolean } = {}) => {
  for (const width of widths.toReversed()) {
    await page.setViewportSize({ width, height: 900 });
    await pictures(page, name, options);
  }
};
