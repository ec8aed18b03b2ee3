/** Analytics: what the pictures say is what the calls were, each figure leads to its calls, and the address holds what is shown. */
import { expect, type Page, test } from "playwright/test";
import { expectAccessible } from "./axe.ts";
import { openDoor } from "./operators-door.ts";
import { type FirstRun, openCall, readFirstRun } from "./platform.ts";
import { signIn } from "./sign-in.ts";

let firstRun: FirstRun;
test.beforeAll(async () => {
  firstRun = await readFirstRun(String(test.info().config.metadata["dataDir"]));
});

const row = (page: Page, table: string, name: string) => page.getByRole("table", { name: table }).getByRole("row", { name });

test("a call shows in every picture that it belongs to, and the figures lead to it, also for whoever is sent the address", async ({
  page,
  browser,
  baseURL,
}) => {
  await using door = await openDoor(baseURL ?? "", firstRun.admin);
  const name = `Analytics ${crypto.randomUUID().slice(0, 6)}`;
  const agents = [await door.agent(`${name} one`), await door.agent(`${name} two`)];
  const group = await door.group(name, agents, {
    strategy: "priority",
    members: agents.map(({ id }, index) => ({ agentId: id, priority: index + 1 })),
  });
  await door.rule({ pattern: "+15550188001", targetType: "agent_group", targetId: group.id });
  const call = openCall(firstRun, { from: "+442079460088", to: "+15550188001" });
  await call.arrive();
  await call.dialEnded("busy");
  await call.update("connected");
  await call.dialEnded("completed");
  await call.cdr("ANSWERED", 65);

  await signIn(page, firstRun.admin, "/");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Dashboard");
  await page.keyboard.press("g");
  await page.keyboard.press("y");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Analytics");
  await page.getByRole("combobox", { name: "Time" }).selectOption("hour");
  await expect(page).toHaveURL(/range=hour/);
  await expect(row(page, "By group", name)).toContainText("01:05");
  await expect(row(page, "By agent", `${name} one`)).toContainText("0%");
  await expect(row(page, "By agent", `${name} two`)).toContainText("100%");
  await expect(row(page, "By rule", "+15550188001")).toContainText("100%");
  await page.getByRole("combobox", { name: "Picture" }).selectOption("duration");
  await expect(page.getByRole("table", { name: "Average duration (ACD) by minute" })).toContainText("01:05");
  await page.getByRole("combobox", { name: "Interval" }).selectOption("hour");
  await expect(page.getByRole("table", { name: "Calls by hour of the day" })).toBeAttached();

  const elsewhere = await browser.newPage();
  await signIn(elsewhere, firstRun.admin, page.url().replace(baseURL ?? "", ""));
  await expect(elsewhere.getByRole("heading", { name: "Average duration (ACD) by hour" })).toBeVisible();
  await row(elsewhere, "By group", name).getByRole("link", { name: "1 call" }).click();
  await expect(elsewhere).toHaveURL(/\/calls\?.*group=grp_/);
  await expect(elsewhere.getByRole("table", { name: "Call records" }).getByRole("row")).toHaveCount(2);
  await expect(elsewhere.getByRole("row").filter({ hasText: "+44 20 7946 0088" })).toBeVisible();
  await elsewhere.close();
});

test("nothing is wrong with the pictures for those who can't see them, in any theme or width", async ({ page }) => {
  await signIn(page, firstRun.admin, "/analytics?range=day");
  await expect(page.getByRole("table", { name: "By agent" })).toBeVisible();
  await expectAccessible(page);
});

test("a range without calls, one that makes no sense, and figures that can't be had each say what they are", async ({ page, baseURL }) => {
  await using door = await openDoor(baseURL ?? "", firstRun.admin);
  const call = openCall(firstRun, { from: "+442079460089", to: "+15550188002" });
  await call.arrive();
  await call.cdr("NOANSWER", 0);
  await expect.poll(() => door.ask<object>("GET", "/call-records?limit=1")).not.toMatchObject({ items: [] });
  await signIn(page, firstRun.admin, "/analytics?range=custom&after=2020-01-01T00:00:00Z&before=2020-01-02T00:00:00Z");
  await expect(page.getByText("No calls in this time")).toBeVisible();
  await page.goto("/analytics?range=custom&after=2020-01-01T00:00:00Z&before=2020-01-02T00:00:00Z&interval=minute");
  await expect(page.getByRole("alert")).toContainText("Single minutes are kept for 48 hours");
  await page.route("**/trpc/**analytics.summary**", (route) => route.fulfill({ status: 503, contentType: "application/json", body: "[]" }));
  await page.goto("/analytics?range=hour");
  const failed = page.getByRole("alert").filter({ hasText: "The figures could not be loaded" });
  await expect(failed).toBeVisible();
  await page.unroute("**/trpc/**analytics.summary**");
  await failed.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("table", { name: "By agent" })).toBeVisible();
});
