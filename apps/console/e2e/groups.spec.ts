/** Groups of agents as two operators meet them: made, put in order by keys, told what another strategy would do, fought over politely. */
import { expect, type Page, test } from "playwright/test";
import { expectAccessible } from "./axe.ts";
import { elsewhere, failOnce, save, toast, unique } from "./editing.ts";
import { openDoor } from "./operators-door.ts";
import { type FirstRun, openCall, readFirstRun } from "./platform.ts";
import { signIn } from "./sign-in.ts";

let firstRun: FirstRun;
test.beforeAll(async () => {
  firstRun = await readFirstRun(String(test.info().config.metadata["dataDir"]));
});

type Saved = {
  strategy: string;
  members: { agentId: string; weight: number; enabled: boolean }[];
  settings: object;
  fallback: object | null;
};

const door = (baseURL: string | undefined) => openDoor(baseURL ?? "", firstRun.admin);
const members = (page: Page) => page.getByRole("list", { name: "Members in their order" }).getByRole("listitem");

const add = async (page: Page, name: string) => {
  await page.getByRole("combobox", { name: "Add an agent" }).fill(name);
  await page.getByRole("option", { name }).click();
};

test("a group is made of agents found by name, kept when the database is away, and made once however often the button is pressed", async ({
  page,
  baseURL,
}) => {
  await using operator = await door(baseURL);
  const [first, second] = [await operator.agent(unique("Ada")), await operator.agent(unique("Bo"))];
  const name = unique("Night desk");
  await signIn(page, firstRun.admin, "/groups");
  await page.getByRole("link", { name: "New group" }).click();
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("radio", { name: /Fewest calls first/ }).check();
  await add(page, first.name);
  await add(page, second.name);
  await expect(members(page)).toHaveCount(2);
  await page.getByLabel(`Weight of ${second.name}`).fill("300");
  await page.getByLabel("Ring each agent, seconds").fill("2");
  await page.getByRole("button", { name: "Create group" }).click();
  await expect(page.getByText("Between 1 and 100.")).toBeVisible();
  await expect(page.getByText("Between 5 and 120.")).toBeVisible();
  await page.getByLabel(`Weight of ${second.name}`).fill("3");
  await page.getByLabel("Ring each agent, seconds").fill("15");
  await page.getByLabel("When nobody can take the call").selectOption({ label: "Hang up" });

  await failOnce(page, "groups.create");
  let creations = 0;
  page.on("request", (request) => {
    if (request.method() === "POST" && request.url().includes("groups.create")) creations += 1;
  });
  await page.getByRole("button", { name: "Create group" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "What you entered is still here." })).toBeVisible();
  await expect(members(page)).toHaveCount(2);
  await page.getByRole("button", { name: "Create group" }).dblclick();
  await expect(page.getByRole("heading", { name })).toBeVisible();
  expect(creations).toBe(2);

  const { items } = await operator.named("/agent-groups", name);
  expect(items).toHaveLength(1);
  const saved = await operator.ask<Saved>("GET", `/agent-groups/${items[0]?.id}`);
  expect(saved).toMatchObject({ strategy: "load_balanced", settings: { ringSeconds: 15 }, fallback: { type: "hangup" } });
  expect(saved.members.map(({ agentId, weight }) => [agentId, weight])).toEqual([
    [first.id, 1],
    [second.id, 3],
  ]);

  await page.getByRole("button", { name: "Delete" }).click();
  await toast(page, `“${name}” is deleted`).getByRole("button", { name: "Undo" }).click();
  await page.getByRole("searchbox").fill(name);
  await expect(page.getByRole("row").filter({ hasText: name })).toContainText(second.name);
  operator.forget(`/agent-groups/${items[0]?.id}`);
});

test("members are put in order by keys alone, told at each step, and a change of strategy says what it would do before it is saved", async ({
  page,
  baseURL,
}) => {
  await using operator = await door(baseURL);
  const agents = [await operator.agent(unique("Ann")), await operator.agent(unique("Ben")), await operator.agent(unique("Cal"))];
  const [ann, ben, cal] = agents.map(({ name }) => name);
  const group = await operator.group(unique("Day desk"), agents);
  await signIn(page, firstRun.admin, `/groups/${group.id}`);
  await expect(members(page)).toContainText([ann ?? "", ben ?? "", cal ?? ""]);
  await expect(page.getByText("Not saved yet")).toBeHidden();

  const said = page.getByRole("status").filter({ hasText: ann ?? "" });
  await page.getByRole("button", { name: `Move ${ann}` }).focus();
  await page.keyboard.press("Space");
  await expect(said).toHaveText(`${ann} is picked up, at 1 of 3.`);
  await page.keyboard.press("ArrowDown");
  await expect(said).toHaveText(`${ann} would be 2 of 3.`);
  await page.keyboard.press("ArrowDown");
  await expect(said).toHaveText(`${ann} would be 3 of 3.`);
  await page.keyboard.press("Space");
  await expect(members(page)).toContainText([ben ?? "", cal ?? "", ann ?? ""]);
  await expect(page.getByText("Not saved yet")).toBeVisible();

  await page.getByRole("radio", { name: /First choice first/ }).check();
  await page.getByLabel(`Priority of ${cal}`).fill("2");
  await expect(
    page.getByText(`With the next call priority 1 gets everything: ${ben}, ${ann}. The other member gets calls only`),
  ).toBeVisible();
  await page.getByRole("switch", { name: `${ben} takes calls of this group` }).click();
  await expect(page.getByText(`With the next call priority 1 gets everything: ${ann}.`)).toBeVisible();
  await save(page).click();
  await expect(toast(page, `“${group.name}” is saved`)).toBeVisible();
  const saved = await operator.ask<Saved>("GET", `/agent-groups/${group.id}`);
  expect(saved.strategy).toBe("priority");
  expect(saved.members.map(({ agentId }) => agentId)).toEqual([agents[1]?.id, agents[2]?.id, agents[0]?.id]);

  await page.getByRole("button", { name: `Take ${cal} out of the group` }).click();
  await expect(members(page)).toHaveCount(2);
  await page.getByRole("button", { name: "Discard changes" }).click();
  await expect(members(page)).toHaveCount(3);
});

test("the share of each member is what it really got, beside what it should get", async ({ page, baseURL }) => {
  await using operator = await door(baseURL);
  const agents = [await operator.agent(unique("Dee")), await operator.agent(unique("Eli"))];
  const group = await operator.group(unique("Measured"), agents);
  await operator.rule({ pattern: "+15550107702", targetType: "agent_group", targetId: group.id });
  for (const from of ["+442079460031", "+442079460032"]) {
    const call = openCall(firstRun, { from, to: "+15550107702" });
    await expect.poll(() => call.arrive()).toContain("<Dial");
    await call.dialEnded("completed");
    await call.cdr("ANSWERED", 2);
  }
  await signIn(page, firstRun.admin, `/groups/${group.id}`);
  for (const { name } of agents) {
    await expect(page.getByRole("img", { name: `${name}: 50% of the calls, target 50%` })).toBeVisible();
  }
  await expect(page.getByText("The bar is what each got of 2 calls in the last 24 h")).toBeVisible();
  await page.goto(`/groups?search=${encodeURIComponent(group.name)}`);
  await expect(page.getByRole("img", { name: `${agents[0]?.name}: 50% of the calls, target 50%` })).toBeVisible();

  await page.goto(`/groups/${group.id}`);
  await page.getByRole("button", { name: "Reset counters" }).click();
  await page
    .getByRole("dialog", { name: /Start the counters/ })
    .getByRole("button", { name: "Reset counters" })
    .click();
  await expect(toast(page, "The counters of 2 members start anew")).toBeVisible();

  await page.getByRole("button", { name: "Delete" }).click();
  const refusal = page.getByRole("dialog", { name: `“${group.name}” is still in use` });
  await refusal.getByRole("link", { name: "+15550107702" }).click();
  await expect(page.getByRole("heading", { name: "Inbound rules" })).toBeVisible();
});

test("two people who change the same group see each other’s change and keep both", async ({ page, browser, baseURL }) => {
  await using operator = await door(baseURL);
  const agents = [await operator.agent(unique("Fay")), await operator.agent(unique("Gil"))];
  const [fay, gil] = agents.map(({ name }) => name);
  const group = await operator.group(unique("Shared desk"), agents.slice(0, 1));
  const grace = await operator.person("admin");
  await signIn(page, firstRun.admin, `/groups/${group.id}`);
  const other = await elsewhere(browser, grace, `/groups/${group.id}`);
  await expect(members(page)).toHaveCount(1);
  await page.getByRole("radio", { name: /Fewest calls first/ }).check();
  await add(other, gil ?? "");
  await save(other).click();
  await expect(toast(other, `“${group.name}” is saved`)).toBeVisible();
  await other.context().close();

  await save(page).click();
  const conflict = page.getByRole("region", { name: `${grace.email} changed this group while you were editing` });
  await expect(conflict.getByRole("row").filter({ hasText: "Members" })).toContainText(`1. ${fay} · 2. ${gil}`);
  await expect(conflict.getByRole("row").filter({ hasText: "Strategy" })).toContainText("Fewest calls first");
  await conflict.getByRole("button", { name: "Keep mine on top of theirs" }).click();
  await expect(members(page)).toHaveCount(2);
  await save(page).click();
  await expect(toast(page, `“${group.name}” is saved`)).toBeVisible();
  const saved = await operator.ask<Saved>("GET", `/agent-groups/${group.id}`);
  expect([saved.strategy, saved.members.length]).toEqual(["load_balanced", 2]);
});

test("who only reads is offered no change; an unknown group and an empty search say so", async ({ page, browser, baseURL }) => {
  await using operator = await door(baseURL);
  const agent = await operator.agent(unique("Hal"));
  const group = await operator.group(unique("Read desk"), [agent]);
  const reader = await elsewhere(browser, await operator.person("user"), `/groups/${group.id}`);
  const main = reader.getByRole("main");
  await expect(main.getByText("Members take turns, each as often as its weight says.")).toBeVisible();
  await expect(main.getByRole("link", { name: agent.name })).toBeVisible();
  for (const role of ["textbox", "switch", "radio", "combobox"] as const) await expect(main.getByRole(role)).toHaveCount(0);
  await expect(main.getByRole("button")).toHaveCount(1);
  await expect(main.getByRole("button", { name: "Copy id" })).toBeVisible();
  await reader.goto("/groups");
  await expect(reader.getByRole("link", { name: "New group" })).toBeHidden();
  await reader.context().close();

  await signIn(page, firstRun.admin, "/groups/grp_nobody");
  await expect(page.getByRole("heading", { name: "There is no such group" })).toBeVisible();
  await page.getByRole("link", { name: "All groups" }).click();
  await page.getByRole("searchbox").fill("nobody is called so");
  await expect(page.getByText("Nothing matches these filters")).toBeVisible();
  await page.getByRole("button", { name: "Clear them" }).click();
  await page.getByLabel("Strategy").selectOption({ label: "First choice first" });
  await expect(page).toHaveURL(/strategy=priority/);
  await expect(page.getByRole("link", { name: "First choice first" })).toBeVisible();
  await expect(page.getByRole("link", { name: "In turn" })).toBeHidden();
});

const pages = {
  "the list": async (page: Page, { name }: { id: string; name: string }) => {
    await signIn(page, firstRun.admin, `/groups?search=${encodeURIComponent(name)}`);
    await expect(page.getByRole("row").filter({ hasText: name })).toContainText("0 calls in 24 h");
  },
  "one group": async (page: Page, { id }: { id: string; name: string }) => {
    await signIn(page, firstRun.admin, `/groups/${id}`);
    await page.getByRole("radio", { name: /In turn/ }).check();
    await expect(page.getByText("With the next call members begin to take turns")).toBeVisible();
  },
};

for (const [what, open] of Object.entries(pages)) {
  test(`${what} stands in nobody’s way, in both themes, on a desk and a telephone`, async ({ page, baseURL }) => {
    await using operator = await door(baseURL);
    const agents = [await operator.agent(unique("Ivy")), await operator.agent(unique("Jo"))];
    await open(page, await operator.group(unique("Front desk"), agents, { strategy: "priority" }));
    await expectAccessible(page);
  });
}
