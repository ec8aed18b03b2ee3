/** The dashboard: its figures are the calls', each leads to the calls behind it, and the distribution follows as calls come in. */
import { expect, type Page, test } from "playwright/test";
import { expectAccessible } from "./axe.ts";
import { openDoor } from "./operators-door.ts";
import { type FirstRun, openCall, readFirstRun } from "./platform.ts";
import { signIn } from "./sign-in.ts";

let firstRun: FirstRun;
test.beforeAll(async () => {
  firstRun = await readFirstRun(String(test.info().config.metadata["dataDir"]));
});

const figure = (page: Page, name: string) =>
  page.getByRole("definition").filter({ has: page.locator(`xpath=../dt[normalize-space()="${name}"]`) });

const countOf = async (page: Page, name: string): Promise<number> => {
  const text = await figure(page, name).innerText();
  return Number(/([\d,]+) calls?/.exec(text)?.[1]?.replaceAll(",", "") ?? Number.NaN);
};

test("a call that fails over and is answered is in every figure, and each figure leads to it", async ({ page, baseURL }) => {
  await using door = await openDoor(baseURL ?? "", firstRun.admin);
  const name = `Dashboard ${crypto.randomUUID().slice(0, 6)}`;
  const agents = [await door.agent(`${name} one`), await door.agent(`${name} two`)];
  const group = await door.group(name, agents, {
    strategy: "priority",
    members: agents.map(({ id }, index) => ({ agentId: id, priority: index + 1 })),
  });
  await door.rule({ pattern: "+15550177001", targetType: "agent_group", targetId: group.id });

  await signIn(page, firstRun.admin, "/?range=hour");
  await expect(page.getByRole("heading", { name: "Dashboard", exact: true })).toBeVisible();
  const [before, failedBefore] = [await countOf(page, "Calls a minute"), await countOf(page, "Failed over")];

  const call = openCall(firstRun, { from: "+442079460077", to: "+15550177001" });
  await call.arrive();
  await call.dialEnded("busy");
  await call.update("connected");
  await expect(figure(page, "Calls on the line")).toContainText("1");
  const distribution = page.getByRole("region", { name: "Distribution" });
  await expect(distribution.getByRole("img", { name: `${name} one: 50% of the calls, target 100%` })).toBeVisible();

  await call.dialEnded("completed");
  await call.cdr("ANSWERED", 5);
  await expect.poll(() => countOf(page, "Calls a minute")).toBe(before + 1);
  expect(await countOf(page, "Failed over")).toBe(failedBefore + 1);

  await page.getByRole("link", { name: "Failed over" }).click();
  await expect(page).toHaveURL(/\/calls\?.*outcome=failed_over/);
  await expect(page.getByRole("row").filter({ hasText: "+44 20 7946 0077" }).first()).toBeVisible();
});

test("nobody at work says so, and nothing is wrong for those who can't see the picture, in any theme or width", async ({ page }) => {
  await signIn(page, firstRun.admin, "/");
  await expect(page.getByRole("region", { name: "Needs attention" })).toContainText(/All quiet|open/);
  await expect(page.getByRole("table", { name: "Calls by hour" })).toBeAttached();
  await page.getByRole("combobox", { name: "Time" }).selectOption("week");
  await expect(page).toHaveURL(/range=week/);
  await expectAccessible(page);
});

test("figures that can't be had say so with the request's id, and come when they can", async ({ page }) => {
  await page.route("**/trpc/**analytics.summary**", (route) => route.fulfill({ status: 503, contentType: "application/json", body: "[]" }));
  await signIn(page, firstRun.admin, "/");
  const failed = page.getByRole("alert").filter({ hasText: "The figures could not be loaded" });
  await expect(failed).toBeVisible();
  await page.unroute("**/trpc/**analytics.summary**");
  await failed.getByRole("button", { name: "Try again" }).click();
  await expect(figure(page, "Calls a minute")).toBeVisible();
});
