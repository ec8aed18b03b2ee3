/** Rules as an operator makes them, and a call that nobody makes to see who would get it. */
import { expect, type Page, test } from "playwright/test";
import { expectAccessible } from "./axe.ts";
import { openDoor } from "./operators-door.ts";
import { type FirstRun, openCall, readFirstRun } from "./platform.ts";
import { signIn } from "./sign-in.ts";

let firstRun: FirstRun;
test.beforeAll(async () => {
  firstRun = await readFirstRun(String(test.info().config.metadata["dataDir"]));
});

type Outage = { code: number; message: string; data: object };
const outage: Outage = {
  code: -32603,
  message: "The database does not answer.",
  data: { code: "SERVICE_UNAVAILABLE", requestId: "req_test" },
};

const open = async (page: Page, path = "/inbound-rules", person = firstRun.admin) => {
  await signIn(page, person, path);
  await expect(page.getByRole("table")).toBeVisible();
};
const rowOf = (page: Page, text: string) => page.getByRole("row").filter({ hasText: text });
const panel = (page: Page, name = "The rule") => page.getByRole("complementary", { name });
const simulator = (page: Page) => page.getByRole("region", { name: "Simulator" });
const message = (page: Page, text: string) => page.getByRole("region", { name: "Messages" }).getByText(text);
const openId = (page: Page) => new URL(page.url()).searchParams.get("rule") ?? "";

type Door = Awaited<ReturnType<typeof openDoor>>;

/** The demo's group of this name, as the target of a rule. */
const toGroup = async (door: Door, name: string) => {
  const { items } = await door.named("/agent-groups", name);
  return { targetType: "agent_group", targetId: items[0]?.id };
};

test("a rule is made with its pattern explained, one that it shadows is told with the way to it, and disabling is undone", async ({
  page,
  baseURL,
}) => {
  await using door = await openDoor(baseURL ?? "", firstRun.admin);
  await open(page);
  await page.getByRole("link", { name: "New rule" }).click();
  const form = panel(page, "New rule");
  await form.getByLabel("Called number").fill("+888 20*0");
  await form.getByLabel("Called number").blur();
  await expect(form.getByText("The * must be the last character.")).toBeVisible();
  await form.getByRole("button", { name: "Create rule" }).click();
  await expect(form.getByText("Say which one.")).toBeVisible();

  await form.getByLabel("Called number").fill("+888 20*");
  await expect(form.getByText("All numbers beginning +888 20.")).toBeVisible();
  await form.getByRole("combobox", { name: "Group" }).fill("In turn");
  await page.getByRole("option", { name: "In turn" }).click();
  await form.getByRole("button", { name: "Create rule" }).dblclick();
  await expect(message(page, "The rule is created")).toBeVisible();
  await expect(panel(page)).toBeVisible();
  door.forget(`/inbound-rules/${openId(page)}`);
  expect((await door.named("/inbound-rules", "+88820")).items).toHaveLength(1);

  const above = await door.rule({ pattern: "+888*", priority: 7, ...(await toGroup(door, "In turn")) });
  const row = rowOf(page, "+888 20");
  await expect(row).toContainText("is tried first, at priority 7, and takes every call that this one would.");
  await row.getByRole("link", { name: "See it" }).click();
  await expect(page).toHaveURL(new RegExp(`rule=${above.id}`));
  await expect(panel(page).getByLabel("Called number")).toHaveValue("+888*");
  await panel(page).getByRole("button", { name: "Close" }).click();

  const enabled = row.getByRole("switch");
  await enabled.click();
  await expect(enabled).not.toBeChecked();
  await expect(message(page, "numbers beginning +888 20: disabled")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).first().click();
  await expect(enabled).toBeChecked();
  await door.ask("DELETE", `/inbound-rules/${above.id}`);
  await expect(row).not.toContainText("is tried first");

  await row.getByRole("link").first().click();
  await panel(page).getByRole("button", { name: "Delete the rule" }).click();
  await expect(row).toBeHidden();
  await page.getByRole("button", { name: "Undo" }).first().click();
  await expect(row).toBeVisible();
});

test("the simulator says who gets a call, why not the others, and what a change that is not saved would do", async ({ page, baseURL }) => {
  await using door = await openDoor(baseURL ?? "", firstRun.admin);
  await door.rule({ pattern: "+8781*", ...(await toGroup(door, "First choice first")) });
  await door.rule({ pattern: "+87810000001", enabled: false, ...(await toGroup(door, "In turn")) });
  await open(page, "/inbound-rules?search=%2B8781");
  const shown = simulator(page);
  await shown.getByLabel("From").fill("+442079460018");
  await shown.getByLabel("To").fill("+8781 0000 001");
  await expect(shown).toContainText("would get this call.");
  await expect(page).toHaveURL(/to=%2B8781/);
  const rungs = shown.getByRole("listitem");
  await expect(rungs.filter({ hasText: "takes this call, priority 100" })).toContainText("First choice first");
  await expect(rungs.filter({ hasText: "disabled" })).toContainText("+878 10000001");
  await expect(rungs.filter({ hasText: "Everything else" })).toContainText("a longer prefix wins");
  await expect(shown.getByText('<Service provider="retell">')).toBeVisible();

  await rowOf(page, "+878 10000001").getByRole("link").first().click();
  await panel(page).getByRole("switch", { name: "Enabled" }).click();
  await expect(shown.getByText("With your unsaved change")).toBeVisible();
  await expect(shown.getByText("As it is now")).toBeVisible();
  await expect(rungs.filter({ hasText: "takes this call" })).toContainText("In turn");
  await panel(page).getByLabel("Called number").fill("+878 1*1");
  await expect(shown.getByText("can’t be tried before the form is filled in")).toBeVisible();
  await panel(page).getByRole("button", { name: "Close" }).click();
  await page.getByRole("dialog", { name: "Leave without saving?" }).getByRole("button", { name: "Leave" }).click();
  await expect(shown.getByText("As it is now")).toBeHidden();

  const agent = (await door.named("/voice-agents", "Sales (Retell)")).items[0];
  const off = await door.ask<{ version: number }>("PUT", `/voice-agents/${agent?.id}`, { version: agent?.version, enabled: false });
  await expect(rungs.filter({ hasText: "can’t: disabled" })).toContainText("Sales (Retell)");
  await door.ask("PUT", `/voice-agents/${agent?.id}`, { version: off.version, enabled: true });
  await expect(rungs.filter({ hasText: "can’t: disabled" })).toBeHidden();
});

test("a rule that is open beside the list and the simulator can be read and used by everybody, wide and narrow", async ({
  page,
  baseURL,
}) => {
  await using door = await openDoor(baseURL ?? "", firstRun.admin);
  const rule = await door.rule({ pattern: "+8782*", callerPattern: "+351*", ...(await toGroup(door, "In turn")) });
  await open(page, `/inbound-rules?rule=${rule.id}&from=%2B351210000000&to=%2B87820000001`);
  await expect(simulator(page)).toContainText("would get this call.");
  await expectAccessible(page);
});

test("a call that there was is simulated again, and its rule has been hit", async ({ page }) => {
  const call = openCall(firstRun, { from: "+351210009999", to: "+15550100001" });
  await call.arrive();
  await call.cdr("ANSWERED", 3);
  await open(page);
  await expect(async () => {
    await simulator(page).getByRole("button", { name: "Use a recent call" }).click();
    await page.getByRole("menuitem").filter({ hasText: "+351 21 000 9999" }).first().click({ timeout: 1_500 });
  }).toPass();
  await expect(simulator(page).getByLabel("To")).toHaveValue("+15550100001");
  await expect(simulator(page)).toContainText("takes this call");
  await expect(page).toHaveURL(/from=%2B351210009999/);
  await page.reload();
  await expect(simulator(page).getByLabel("From")).toHaveValue("+351210009999");
  await expect(rowOf(page, "+1 555 010 0001")).toContainText("ago");
});

test("two who change a rule at once meet, a server that is away keeps the form, and an unknown id says so", async ({ page, baseURL }) => {
  await using door = await openDoor(baseURL ?? "", firstRun.admin);
  const rule = await door.rule({ pattern: "+8783*", ...(await toGroup(door, "In turn")) });
  await open(page, `/inbound-rules?search=%2B8783&rule=${rule.id}`);
  const form = panel(page);
  await expect(form.getByLabel("Called number")).toHaveValue("+8783*");
  await form.getByLabel("Priority").fill("42");
  await door.ask("PUT", `/inbound-rules/${rule.id}`, { version: rule.version, pattern: "+87830*" });
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form.getByText(/changed this rule while you were editing/)).toBeVisible();
  await form.getByRole("button", { name: "Keep mine on top of theirs" }).click();
  await expect(form.getByLabel("Called number")).toHaveValue("+87830*");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(message(page, "The rule is saved")).toBeVisible();

  await page.route("**/trpc/inboundRules.update*", (route) => route.fulfill({ status: 503, json: [{ error: outage }] }));
  await form.getByLabel("Priority").fill("43");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form.getByRole("alert")).toContainText("What you entered is still here.");
  await expect(form.getByLabel("Priority")).toHaveValue("43");
  await page.unroute("**/trpc/inboundRules.update*");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form.getByRole("button", { name: "Discard changes" })).toBeHidden();

  await page.goto("/inbound-rules?rule=rul_unknown");
  await expect(panel(page)).toContainText("There is no such rule.");
});

test("an outbound rule is made with its trunks in order, and simulated before it is saved", async ({ page, baseURL }) => {
  await using door = await openDoor(baseURL ?? "", firstRun.admin);
  await open(page, "/outbound-rules?from=%2B15550100000&to=%2B351210000000");
  await expect(simulator(page)).toContainText("No enabled rule matches");
  await page.getByRole("link", { name: "New rule" }).click();
  const form = panel(page, "New rule");
  await form.getByRole("button", { name: "Create rule" }).click();
  await expect(form.getByText("Name a destination or a caller")).toBeVisible();
  await form.getByLabel("Destination").fill("PT");
  await expect(form.getByText("All numbers of Portugal, by its numbering plan.")).toBeVisible();
  await form.getByLabel("Trunk 1", { exact: true }).fill("second");
  await form.getByRole("button", { name: "Another trunk" }).click();
  await form.getByLabel("Trunk 2", { exact: true }).fill("first");
  await form.getByRole("button", { name: "Try trunk 2 earlier" }).click();
  await expect(simulator(page)).toContainText("This call would leave over first.");
  await expect(simulator(page).getByText("As it is now")).toBeVisible();
  await form.getByRole("button", { name: "Create rule" }).click();
  await expect(message(page, "The rule is created")).toBeVisible();
  await expect(rowOf(page, "Portugal, all numbers")).toContainText("first, then second");
  door.forget(`/outbound-rules/${openId(page)}`);
  await expectAccessible(page);
});

for (const [path, kept] of [
  ["/inbound-rules", "from=%2B351210000000"],
  ["/outbound-rules", "tab=rules&from=%2B351210000000"],
] as const) {
  test(`a rule of ${path.slice(1)} that is being made outlasts the filters that are cleared, as does the call that is simulated`, async ({
    page,
  }) => {
    await signIn(page, firstRun.admin, `${path}?search=nothing-of-this-name&enabled=true&new=true&${kept}`);
    const form = panel(page, "New rule");
    await form.getByLabel("Priority").fill("77");
    await page.getByRole("button", { name: "Clear them" }).click();
    await expect(page.getByText("Nothing matches these filters")).toBeHidden();
    await expect(form.getByLabel("Priority")).toHaveValue("77");
    const { searchParams } = new URL(page.url());
    expect([...searchParams.keys()].toSorted()).toEqual(["new", ...new URLSearchParams(kept).keys()].toSorted());
  });
}

/** Denies nothing from here on, and nothing when the test is over, however it ends. */
const openPolicy = async (door: Door) => {
  const denyNothing = async () => {
    const { version } = await door.ask<{ version: number }>("GET", "/outbound-policy");
    await door.ask("PUT", "/outbound-policy", { version, deny: [] });
  };
  await denyNothing();
  return { denyNothing, [Symbol.asyncDispose]: denyNothing };
};

test("the outbound policy denies a destination at once, and says what it does not understand", async ({ page, baseURL }) => {
  await using door = await openDoor(baseURL ?? "", firstRun.admin);
  await using policy = await openPolicy(door);
  await signIn(page, firstRun.admin, "/outbound-rules?tab=policy");
  await page.getByLabel("Denied destinations").fill("PT\nnowhere");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("“nowhere” is not a number")).toBeVisible();
  await page.getByRole("tab", { name: "Rules" }).click();
  await page.getByRole("dialog", { name: "Leave without saving?" }).getByRole("button", { name: "Stay" }).click();
  await page.getByLabel("Denied destinations").fill("PT");
  await expect(page.getByText("No call leaves to: Portugal, all numbers.")).toBeVisible();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(message(page, "The outbound policy is saved")).toBeVisible();
  await expectAccessible(page);
  await page.goto("/outbound-rules?from=%2B15550100000&to=%2B351210000000");
  await expect(simulator(page)).toContainText("The destination is on the deny list.");
  await policy.denyNothing();
  // It asks again by itself every few seconds.
  await expect(simulator(page)).not.toContainText("deny list");
});

test("who may only read sees rules, reasons and masked numbers, and is offered no change", async ({ page, baseURL }) => {
  await using door = await openDoor(baseURL ?? "", firstRun.admin);
  await open(page, "/inbound-rules", await door.person("user"));
  await expect(rowOf(page, "+1555•••0001")).toBeVisible();
  await expect(page.getByRole("link", { name: "New rule" })).toBeHidden();
  await expect(page.getByRole("switch")).toBeHidden();
  await expect(page.getByRole("button", { name: "Use a recent call" })).toBeHidden();
  await simulator(page).getByLabel("To").fill("+15550100001");
  await expect(simulator(page)).toContainText("would get this call.");
  await rowOf(page, "+1555•••0001").getByRole("link").first().click();
  await expect(panel(page)).toContainText("What the group says, else the tenant");
  await expectAccessible(page);
});

test("on a telephone the rule covers the list with the simulator under it, and keeps what was typed when there is room again", async ({
  page,
}) => {
  await open(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await rowOf(page, "+1 555 010 0002").getByRole("link").first().click();
  const dialog = page.getByRole("dialog", { name: "The rule" });
  await dialog.getByLabel("Priority").fill("99");
  await dialog.getByLabel("To", { exact: true }).fill("+15550100002");
  await expect(dialog).toContainText("With your unsaved change");
  await page.setViewportSize({ width: 1280, height: 740 });
  await expect(panel(page).getByLabel("Priority")).toHaveValue("99");
  await panel(page).getByRole("button", { name: "Discard changes" }).click();
});
