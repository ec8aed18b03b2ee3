/** The whole product as an operator sees it: a call comes in, rings, fails over, is answered and ends, on the screen. */
import { expect, type Page, test } from "playwright/test";
import { expectAccessible } from "./axe.ts";
import { openLine } from "./line.ts";
import { type FirstRun, openCall, readFirstRun } from "./platform.ts";

/** Answered by the demo's group with priorities: the first choice, then the others. */
const prioritised = "+15550100002";

let firstRun: FirstRun;
test.beforeAll(async () => {
  firstRun = await readFirstRun(String(test.info().config.metadata["dataDir"]));
});

const signIn = async (page: Page, { url = "/live", password = firstRun.admin.password } = {}) => {
  await page.goto(url);
  await page.getByLabel("E-mail").fill(firstRun.admin.email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
};

const live = (page: Page) => page.getByRole("status").filter({ hasText: /^Live$/ });
const rowOf = (page: Page, from: string) => page.getByRole("row").filter({ hasText: from });

test("a call appears, rings, fails over to the second agent, is connected, ends and leaves, without a reload", async ({ page }) => {
  await signIn(page);
  await expect(live(page)).toBeVisible();

  const call = openCall(firstRun, { from: "+442079460018", to: prioritised });
  const row = rowOf(page, "+44 20 7946 0018");
  await call.arrive();
  await expect(row).toContainText("Routing");
  await expect(row).toContainText("First choice first");
  await expect(row).toContainText("Sales (Retell)");

  await call.update("ringing");
  await expect(row).toContainText("Ringing");

  await row.getByRole("button").click();
  const drawer = page.getByRole("complementary", { name: "Details of the call" });
  await expect(drawer).toContainText("Ringing Sales (Retell)");

  await call.dialEnded("busy");
  await expect(row).toContainText("(Vapi)");
  await expect(row.getByRole("cell").last()).toHaveText("2");
  await expect(drawer).toContainText("Was busy.");

  await call.update("connected");
  await expect(row).toContainText("Connected");
  await expect(page.getByText("1 on the line · 1 connected")).toBeVisible();

  await call.dialEnded("completed");
  await call.cdr("ANSWERED", 7);
  await expect(row).toContainText("Completed");
  await expect(row).toContainText("(Vapi)");
  await expect(drawer).toContainText("Billing record: answered");
  await expect(drawer).toContainText("7 s from answer to end.");

  await expect(row).toBeHidden();
  await expect(drawer).toContainText("Completed");
  await expect(page.getByText("No calls right now")).toBeVisible();
});

test("calls that came before the page was opened are there, and keyboard alone opens and closes one", async ({ page }) => {
  const calls = ["+351210000001", "+351210000002"].map((from) => openCall(firstRun, { from, to: prioritised }));
  for (const call of calls) await call.arrive();
  await signIn(page);
  const [first, second] = [rowOf(page, "+351 21 000 0002"), rowOf(page, "+351 21 000 0001")];
  await expect(first).toBeVisible();
  await expect(second).toBeVisible();

  await first.getByRole("button").focus();
  await page.keyboard.press("ArrowDown");
  await expect(second.getByRole("button")).toBeFocused();
  await page.keyboard.press("Enter");
  const drawer = page.getByRole("complementary", { name: "Details of the call" });
  await expect(drawer).toContainText("+351 21 000 0001");
  await expect(page).toHaveURL(/\?call=cal_/);
  await page.keyboard.press("Escape");
  await expect(drawer).toBeHidden();
  await expect(second.getByRole("button")).toBeFocused();
  for (const call of calls) await call.cdr("NOANSWER", 0);
  await expect(first).toContainText("No answer");
});

for (const loss of ["cut", "silence"] as const) {
  test(`a connection lost by ${loss} shows, and what was missed is there when it is back`, async ({ page, baseURL }) => {
    await using line = await openLine(baseURL ?? "");
    await signIn(page, { url: `${line.url}/live` });
    await expect(live(page)).toBeVisible();

    line[loss]();
    await expect(page.getByRole("status").filter({ hasText: /^Reconnecting$/ })).toBeVisible();
    const call = openCall(firstRun, { from: "+4930901820", to: prioritised });
    await call.arrive();
    await call.update("connected");
    await expect(page.getByRole("status").filter({ hasText: /^Stale since \d\d:\d\d:\d\d$/ })).toBeVisible();

    line.restore();
    await expect(live(page)).toBeVisible();
    const row = rowOf(page, "+49 30 901820");
    await expect(row).toContainText("Connected");
    await call.cdr("ANSWERED", 4);
    await expect(row).toContainText("Completed");
  });
}

test("the board can be narrowed down by number and phase, and held still while calls go on", async ({ page }) => {
  const [lisbon, rome] = ["+351210000077", "+390612345678"].map((from) => openCall(firstRun, { from, to: prioritised }));
  if (lisbon === undefined || rome === undefined) throw new Error("no calls");
  await lisbon.arrive();
  await rome.arrive();
  await rome.update("connected");
  await signIn(page);
  const [lisbonRow, romeRow] = [rowOf(page, "+351 21 000 0077"), rowOf(page, "+39 06 1234 5678")];
  await expect(lisbonRow).toBeVisible();

  await page.keyboard.press("/");
  await page.keyboard.type("+39 (06)");
  await expect(lisbonRow).toBeHidden();
  await expect(romeRow).toBeVisible();
  await expect(page).toHaveURL(/q=/);
  await page.getByRole("searchbox").fill("");
  await page.getByRole("button", { name: /^Connected \d/ }).click();
  await expect(lisbonRow).toBeHidden();
  await page.getByRole("button", { name: /^All \d/ }).click();
  await page.getByRole("searchbox").fill("nobody at all");
  await page.getByRole("button", { name: "Clear them" }).click();
  await expect(lisbonRow).toBeVisible();

  await page.getByRole("button", { name: "Pause" }).click();
  await lisbon.update("connected");
  await lisbon.cdr("ANSWERED", 2);
  await expect(page.getByRole("button", { name: /Resume · \d+ updates? waiting/ })).toBeVisible();
  await expect(lisbonRow).toContainText("Routing");
  await page.getByRole("button", { name: /Resume/ }).click();
  await expect(lisbonRow).toContainText("Completed");
  await expectAccessible(page);
  await rome.cdr("ANSWERED", 2);
});

test("a wrong password is told in words, and a session ended elsewhere leads back to signing in", async ({ page }) => {
  await signIn(page, { password: "not the password" });
  await expect(page.getByRole("alert")).toHaveText("E-mail or password is wrong.");
  await expect(page.getByLabel("Password")).toBeFocused();

  await signIn(page);
  await expect(live(page)).toBeVisible();
  const token = await page.evaluate(() => JSON.parse(sessionStorage.getItem("switchboard.session") ?? "{}").accessToken as string);
  const ended = await page.request.post("/trpc/auth.logout", { headers: { authorization: `Bearer ${token}` }, data: {} });
  expect(ended.status()).toBe(200);
  // Ten times what is promised.
  await expect(page.getByText("Your session has ended. Please sign in again.")).toBeVisible({ timeout: 20_000 });
});

for (const theme of ["light", "dark"] as const) {
  test(`the ${theme} theme of the system is there with the first paint, and a choice stays`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme });
    await page.goto("/");
    await expect(page.locator("html")).toHaveAttribute("data-theme", theme);
    const other = theme === "light" ? "dark" : "light";
    await page.getByRole("button", { name: `${other === "dark" ? "Dark" : "Light"} theme` }).click();
    await page.reload({ waitUntil: "commit" });
    await expect(page.locator("html")).toHaveAttribute("data-theme", other);
  });
}

test("on a telephone's screen calls are cards, nothing is cut off, and the details cover the list", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await signIn(page);
  const call = openCall(firstRun, { from: "+33142685300", to: prioritised });
  await call.arrive();
  const card = rowOf(page, "+33 1 42 68 53 00");
  await expect(card).toContainText("Routing");
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(overflow).toBe(0);
  await card.getByRole("button").click();
  await expect(page.getByRole("dialog", { name: "Details of the call" })).toContainText("First choice first");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  await call.cdr("ANSWERED", 1);
});
