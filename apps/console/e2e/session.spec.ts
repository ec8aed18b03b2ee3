/** Staying signed in, as an operator meets it: in a new tab, after ten minutes, and when it is over. */
import { expect, type Page, test } from "playwright/test";
import { type FirstRun, readFirstRun } from "./platform.ts";

let firstRun: FirstRun;
test.beforeAll(async () => {
  firstRun = await readFirstRun(String(test.info().config.metadata["dataDir"]));
});

const live = (page: Page) => page.getByRole("status").filter({ hasText: /^Live$/ });
const signIn = async (page: Page) => {
  await page.goto("/");
  await page.getByLabel("E-mail").fill(firstRun.admin.email);
  await page.getByLabel("Password").fill(firstRun.admin.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(live(page)).toBeVisible();
};

type Kept = { accessToken: string; expiresAt: number };
const kept = (page: Page): Promise<Kept> => page.evaluate(() => JSON.parse(sessionStorage.getItem("switchboard.session") ?? "{}") as Kept);
const change = (page: Page, fields: Partial<Kept>) =>
  page.evaluate((changed) => {
    const before = JSON.parse(sessionStorage.getItem("switchboard.session") ?? "{}") as Kept;
    sessionStorage.setItem("switchboard.session", JSON.stringify({ ...before, ...changed }));
  }, fields);

test("a new tab is signed in by itself, and two that start at once stay so", async ({ page, context }) => {
  await signIn(page);
  const tabs = [await context.newPage(), await context.newPage()];
  await Promise.all(tabs.map((tab) => tab.goto("/")));
  for (const tab of tabs) await expect(live(tab)).toBeVisible();
});

test("a token that has run out, or that the server takes no more, is replaced without a word", async ({ page }) => {
  await signIn(page);
  await change(page, { expiresAt: 0 });
  await page.reload();
  await expect(live(page)).toBeVisible();
  expect((await kept(page)).expiresAt).toBeGreaterThan(Date.now());

  await change(page, { accessToken: "made.up.token" });
  await page.reload();
  await expect(live(page)).toBeVisible();
  expect((await kept(page)).accessToken).not.toBe("made.up.token");
});

test("without the cookie a token that has run out leads back to signing in; after signing out no tab is signed in by itself", async ({
  page,
  context,
}) => {
  await signIn(page);
  await context.clearCookies();
  await change(page, { expiresAt: 0 });
  await page.reload();
  await expect(page.getByText("Your session has ended. Please sign in again.")).toBeVisible();

  await signIn(page);
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByLabel("E-mail")).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("E-mail")).toBeVisible();
  expect(await context.cookies()).toEqual([]);
});
