/** The palette, as somebody uses it who would rather type: pages, what can be done, and what is found by name, number or id. */
import { expect, type Page, test } from "playwright/test";
import { expectAccessible } from "./axe.ts";
import { openDoor } from "./operators-door.ts";
import { type FirstRun, openCall, readFirstRun } from "./platform.ts";
import { signIn } from "./sign-in.ts";

let firstRun: FirstRun;
test.beforeAll(async () => {
  firstRun = await readFirstRun(String(test.info().config.metadata["dataDir"]));
});

const palette = (page: Page) => page.getByRole("dialog", { name: "Jump to anything" });
const options = (page: Page) => palette(page).getByRole("option");

/** Opened by its key from wherever one is. */
const jump = async (page: Page, text: string) => {
  await page.keyboard.press("ControlOrMeta+k");
  await expect(palette(page).getByRole("combobox", { name: "Jump to anything" })).toBeFocused();
  await page.keyboard.type(text);
};

test("agents, groups and rules are found by name as one types, and Enter opens the one that is chosen", async ({ page, baseURL }) => {
  await using door = await openDoor(baseURL ?? "", firstRun.admin);
  const name = `Zephyr ${crypto.randomUUID().slice(0, 6)}`;
  const agent = await door.agent(name);
  const group = await door.group(`${name} team`, [agent]);
  const pattern = `+9981${String(Date.now()).slice(-7)}`;
  const rule = await door.rule({ pattern, targetType: "agent_group", targetId: group.id });
  await signIn(page, firstRun.admin);
  await expect(page.getByRole("heading", { name: "Live calls" })).toBeVisible();

  await jump(page, name.toLowerCase());
  await expect(palette(page).getByRole("group", { name: "Agents" }).getByRole("option")).toHaveText([`${name}retell`]);
  await expect(palette(page).getByRole("group", { name: "Groups" }).getByRole("option")).toHaveText([`${name} team`]);
  await page.keyboard.press("ArrowDown");
  await expect(options(page).nth(1)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/groups/${group.id}$`));
  await expect(palette(page)).toBeHidden();

  await jump(page, pattern);
  await palette(page).getByRole("group", { name: "Inbound rules" }).getByRole("option").click();
  await expect(page).toHaveURL(new RegExp(`/inbound-rules\\?.*rule=${rule.id}`));
});

test("a number offers its simulation and its records, a call's id the call, and what is nothing says so", async ({ page }) => {
  const call = openCall(firstRun, { from: "+15005550021", to: "+15550100002" });
  await call.arrive();
  await call.cdr("NOANSWER", 0);
  await signIn(page, firstRun.admin);
  await expect(page.getByRole("heading", { name: "Live calls" })).toBeVisible();
  await jump(page, "+1 555 010 0002");
  await expect(options(page)).toHaveText([/^Simulate a call to \+1 555 010 0002/, /^Call records of \+1 555 010 0002/, /^\+15550100002/]);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/inbound-rules\?.*to=%2B15550100002/);

  await jump(page, "+15005550021");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/calls\?.*q=%2B15005550021/);
  await page.getByRole("row").filter({ hasText: "+1 500 555 0021" }).first().getByRole("link").first().click();
  await expect(page).toHaveURL(/\/calls\/cal_/);
  const callId = page.url().split("/").at(-1) ?? "";

  await page.goto("/live");
  await expect(page.getByRole("heading", { name: "Live calls" })).toBeVisible();
  await jump(page, callId);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/calls/${callId}$`));
  await jump(page, "nobody is called so");
  await expect(palette(page).getByText("Nothing of that name.")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(palette(page)).toBeHidden();
});

test("what can be done is found by what one would call it: a new agent, a test call, the theme, leaving", async ({ page }) => {
  await signIn(page, firstRun.admin);
  await expect(page.getByRole("heading", { name: "Live calls" })).toBeVisible();
  await jump(page, "create agent");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "New agent" })).toBeVisible();
  await jump(page, "dark");
  await page.keyboard.press("Enter");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await jump(page, "theme of the system");
  await page.keyboard.press("Enter");

  await jump(page, "test call");
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Place a test call" });
  await expect(dialog.getByLabel("Number called")).not.toHaveValue("");
  await dialog.getByLabel("Number called").fill("+15550100002");
  await dialog.getByLabel("Caller", { exact: true }).fill("+15005550022");
  await dialog.getByRole("radio", { name: /^First agent busy/ }).check();
  await dialog.getByRole("button", { name: "Place the call" }).click();
  const drawer = page.getByRole("complementary", { name: "Details of the call" });
  await expect(drawer).toContainText("+1 500 555 0022");
  await expect(page.getByRole("row").filter({ hasText: "+1 500 555 0022" })).toContainText("Test");
  await expect(drawer).toContainText("Connected");
  await expect(drawer).toContainText("Billing record: answer");

  await jump(page, "log out");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Sign in to Switchboard" })).toBeVisible();
});

test("a user is offered no action that only admins may do, and nothing about the palette is in anybody's way", async ({
  page,
  baseURL,
}) => {
  await using door = await openDoor(baseURL ?? "", firstRun.admin);
  const user = await door.person("user");
  await signIn(page, user);
  await expect(page.getByRole("heading", { name: "Live calls" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Place a test call" })).toBeHidden();
  await jump(page, "");
  await expect(palette(page).getByRole("group", { name: "Actions" }).getByRole("option")).toHaveText([
    "Light theme",
    "Dark theme",
    "Theme of the system",
    "Sign out",
  ]);
  await expectAccessible(page);
});

test("an address that leads nowhere says so, leads on, and stands in nobody's way; the keys are told on one sheet", async ({ page }) => {
  await signIn(page, firstRun.admin, "/nowhere/at/all");
  await expect(page.getByRole("heading", { name: "No such page" })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keys" })).toContainText("Live calls");
  await page.keyboard.press("Escape");
  await page.keyboard.press("g");
  await page.keyboard.press("w");
  await expect(page.getByRole("heading", { name: "Webhook log" })).toBeVisible();
});
