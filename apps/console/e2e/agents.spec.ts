/** Voice agents as two operators meet them: made, changed, switched, fought over politely, and deleted. */
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

const door = (baseURL: string | undefined) => openDoor(baseURL ?? "", firstRun.admin);

test("an agent is made in one go, with a word about an unlisted provider, and once however often the button is pressed", async ({
  page,
  baseURL,
}) => {
  await using operator = await door(baseURL);
  const name = unique("Ava");
  await signIn(page, firstRun.admin, "/agents");
  await page.getByRole("link", { name: "New agent" }).click();
  await page.getByRole("button", { name: "Create agent" }).click();
  await expect(page.getByText("This can't be empty.").first()).toBeVisible();
  await expect(page.getByLabel("Name", { exact: true })).toBeFocused();

  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("combobox", { name: "Provider" }).fill("house-made");
  await expect(page.getByText("“house-made” is not in the catalogue.")).toBeVisible();
  await page.getByRole("combobox", { name: "Provider" }).fill("eleven");
  await page.getByRole("option", { name: /11labs/ }).click();
  await expect(page.getByText("takes a username, optionally; no password has been seen in use.")).toBeVisible();
  await page.getByLabel("Number at the provider").fill("+15550100177");
  await page.getByLabel("Capacity, in calls at the same time").fill("five");
  await page.getByLabel("Password").fill("a secret of ours");
  await page.getByText("Metadata, for those who need it").click();
  await page.getByLabel("Metadata as JSON").fill("{ not json");
  await page.getByRole("button", { name: "Create agent" }).click();
  await expect(page.getByText("A whole number.")).toBeVisible();
  await expect(page.getByText(/This is not JSON/)).toBeVisible();
  await page.getByLabel("Capacity, in calls at the same time").fill("0");
  await expect(page.getByText("None: it gets no calls.")).toBeVisible();
  await page.getByLabel("Metadata as JSON").fill('{ "assistant": "front desk" }');

  await failOnce(page, "agents.create");
  let creations = 0;
  page.on("request", (request) => {
    if (request.method() === "POST" && request.url().includes("agents.create")) creations += 1;
  });
  await page.getByRole("button", { name: "Create agent" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "What you entered is still here." })).toContainText("req_test");
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue(name);
  await page.getByRole("button", { name: "Create agent" }).dblclick();
  await expect(page.getByRole("heading", { name })).toBeVisible();
  await expect(page.getByText("A password is set.")).toBeVisible();
  expect(await page.content()).not.toContain("a secret of ours");
  expect(creations).toBe(2);
  const { items } = await operator.named("/voice-agents", name);
  expect(items).toHaveLength(1);

  await page.getByRole("button", { name: "Delete" }).click();
  await expect(page.getByRole("heading", { name: "Agents" })).toBeVisible();
  await toast(page, `“${name}” is deleted`).getByRole("button", { name: "Undo" }).click();
  await expect(toast(page, "To be entered again: password.")).toBeVisible();
  await page.getByRole("searchbox").fill(name);
  await expect(page.getByRole("link", { name })).toBeVisible();
  operator.forget(`/voice-agents/${items[0]?.id}`);
});

test("two people who change the same agent see each other’s change field by field and lose nothing", async ({ page, browser, baseURL }) => {
  await using operator = await door(baseURL);
  const [name, grace] = [unique("Bea"), await operator.person("admin")];
  const { id } = await operator.agent(name, { capacity: 5 });
  await signIn(page, firstRun.admin, `/agents/${id}`);
  const other = await elsewhere(browser, grace, `/agents/${id}`);

  await page.getByLabel("Capacity, in calls at the same time").fill("9");
  await other.getByLabel("Number at the provider").fill("+15550100555");
  await other.getByLabel("Capacity, in calls at the same time").fill("7");
  await save(other).click();
  await expect(toast(other, `“${name}” is saved`)).toBeVisible();

  await save(page).click();
  const conflict = page.getByRole("region", { name: `${grace.email} changed this agent while you were editing` });
  await expect(conflict).toBeVisible();
  const row = (field: string) => conflict.getByRole("row").filter({ hasText: field });
  await expect(row("Number at the provider")).toContainText("+15550100199");
  await expect(row("Number at the provider")).toContainText("+15550100555");
  await expect(row("Number at the provider").getByRole("cell").last()).toContainText("left as it was");
  await expect(row("Capacity").getByRole("cell")).toContainText(["At most 5", "At most 7", "At most 9"]);

  await conflict.getByRole("button", { name: "Keep mine on top of theirs" }).click();
  await expect(conflict).toBeHidden();
  await expect(page.getByLabel("Number at the provider")).toHaveValue("+15550100555");
  await expect(page.getByLabel("Capacity, in calls at the same time")).toHaveValue("9");
  await save(page).click();
  await expect(toast(page, `“${name}” is saved`)).toBeVisible();

  // And the other way round: whoever comes second may also give way.
  await other.getByLabel("Name", { exact: true }).fill(`${name} of mine`);
  await save(other).click();
  await other.getByRole("button", { name: "Take theirs" }).click();
  await expect(other.getByLabel("Name", { exact: true })).toHaveValue(name);
  await expect(other.getByLabel("Capacity, in calls at the same time")).toHaveValue("9");
  await other.context().close();

  await toast(page, `“${name}” is saved`).getByRole("button", { name: "Undo" }).click();
  await expect(page.getByLabel("Capacity, in calls at the same time")).toHaveValue("7");
});

test("what is typed while a save is under way stays, on top of what was saved", async ({ page, baseURL }) => {
  await using operator = await door(baseURL);
  const { id } = await operator.agent(unique("Ines"));
  await signIn(page, firstRun.admin, `/agents/${id}`);
  const [capacity, username] = [page.getByLabel("Capacity, in calls at the same time"), page.getByLabel("Username")];
  const answered = Promise.withResolvers<void>();
  await page.route("**/trpc/agents.update*", async (route) => {
    const response = await route.fetch();
    await answered.promise;
    await route.fulfill({ response });
  });
  await capacity.fill("7");
  await page.getByLabel("Number at the provider").fill("+15550100177");
  await save(page).click();
  await expect(page.getByRole("button", { name: "Saving…" })).toBeVisible();
  await capacity.fill("9");
  await username.pressSequentially("de");
  answered.resolve();
  await expect(save(page)).toBeVisible();
  await username.pressSequentially("sk");
  await expect(username).toHaveValue("desk");
  await expect(capacity).toHaveValue("9");
  await expect(page.getByText("Not saved yet")).toBeVisible();
  const agent = () => operator.ask<object>("GET", `/voice-agents/${id}`);
  expect(await agent()).toMatchObject({ capacity: 7, serviceValue: "+15550100177", username: null });
  await save(page).click();
  await expect(page.getByText("Not saved yet")).toBeHidden();
  await expect.poll(agent).toMatchObject({ capacity: 9, serviceValue: "+15550100177", username: "desk" });
});

test("a form is kept when the database is away, and not left by accident", async ({ page, baseURL }) => {
  await using operator = await door(baseURL);
  const { id } = await operator.agent(unique("Cleo"), { password: "first" });
  await signIn(page, firstRun.admin, `/agents/${id}`);
  await page.getByLabel("Username").fill("desk");
  await page.getByRole("button", { name: "Remove" }).click();
  await failOnce(page, "agents.update");
  await save(page).click();
  await expect(page.getByRole("alert").filter({ hasText: "What you entered is still here." })).toBeVisible();

  await page.getByRole("navigation", { name: "Up" }).getByRole("link", { name: "Agents" }).click();
  const ask = page.getByRole("dialog", { name: "Leave without saving?" });
  await ask.getByRole("button", { name: "Stay" }).click();
  await expect(page.getByLabel("Username")).toHaveValue("desk");
  await save(page).click();
  await expect(page.getByText("Not saved yet")).toBeHidden();
  await page.getByRole("navigation", { name: "Up" }).getByRole("link", { name: "Agents" }).click();
  await expect(page.getByRole("heading", { name: "Agents" })).toBeVisible();
  const saved = await operator.ask<{ username: string; hasPassword: boolean }>("GET", `/voice-agents/${id}`);
  expect(saved).toMatchObject({ username: "desk", hasPassword: false });
});

test("an agent that is switched off is told down to its last call, comes back by Undo, and goes back by itself when the server refuses", async ({
  page,
  baseURL,
}) => {
  await using operator = await door(baseURL);
  const name = unique("Dora");
  const agent = await operator.agent(name);
  await operator.rule({ pattern: "+15550107701", targetType: "voice_agent", targetId: agent.id });
  await signIn(page, firstRun.admin, `/agents?search=${encodeURIComponent(name)}`);
  const row = page.getByRole("row").filter({ hasText: name });
  await expect(row).toContainText("1 rule");
  const call = openCall(firstRun, { from: "+442079460021", to: "+15550107701" });
  await expect.poll(() => call.arrive()).toContain("<Dial");
  await expect(row).toContainText("1 of no limit");

  const toggle = row.getByRole("switch", { name: `${name} takes calls` });
  await toggle.click();
  await expect(row).toContainText("1 call left");
  await expect(toast(page, `“${name}” is disabled`)).toContainText("1 call left");
  await toast(page, `“${name}” is disabled`).getByRole("button", { name: "Undo" }).click();
  await expect(toggle).toBeChecked();
  await call.cdr("ANSWERED", 3);

  await failOnce(page, "agents.update");
  await toggle.click();
  await expect(toast(page, `“${name}” was not disabled`)).toContainText("The database can’t be reached.");
  await expect(toggle).toBeChecked();
});

test("an agent is ejected and made healthy by hand, its counters start anew after a question, and in use it can’t be deleted", async ({
  page,
  baseURL,
}) => {
  await using operator = await door(baseURL);
  const name = unique("Eve");
  const agent = await operator.agent(name);
  const group = await operator.group(unique("Desk"), [agent]);
  await signIn(page, firstRun.admin, `/agents/${agent.id}`);
  const standing = page.getByRole("region", { name: "How it stands" });
  await expect(standing).toContainText("Healthy");
  await page.getByRole("button", { name: "Eject now" }).click();
  await expect(standing).toContainText("Ejected");
  await expect(standing).toContainText(/next try in \d\d:\d\d/);
  await page.getByRole("button", { name: "Make healthy" }).click();
  await expect(standing).toContainText("Healthy");

  await page.getByRole("button", { name: "Reset counters" }).click();
  await page
    .getByRole("dialog", { name: /Start the counters/ })
    .getByRole("button", { name: "Reset counters" })
    .click();
  await expect(toast(page, `The counters of “${name}” start anew`)).toBeVisible();

  await page.getByRole("button", { name: "Delete" }).click();
  const refusal = page.getByRole("dialog", { name: `“${name}” is still in use` });
  await refusal.getByRole("link", { name: group.name }).click();
  await expect(page.getByRole("heading", { name: group.name })).toBeVisible();
});

test("who only reads is offered no change; an unknown agent and an empty search say so", async ({ page, browser, baseURL }) => {
  await using operator = await door(baseURL);
  const agent = await operator.agent(unique("Faye"), { password: "hidden" });
  const reader = await elsewhere(browser, await operator.person("user"), `/agents/${agent.id}`);
  await expect(reader.getByText("A password is set")).toBeVisible();
  await expect(reader.getByText("Healthy", { exact: true })).toBeVisible();
  const main = reader.getByRole("main");
  for (const role of ["button", "switch", "textbox"] as const) await expect(main.getByRole(role)).toHaveCount(role === "button" ? 1 : 0);
  await expect(main.getByRole("button", { name: "Copy id" })).toBeVisible();
  await reader.getByRole("link", { name: "Agents" }).last().click();
  await expect(reader.getByRole("row").filter({ hasText: agent.name })).toContainText("Enabled");
  await expect(main.getByRole("switch")).toHaveCount(0);
  await expect(reader.getByRole("link", { name: "New agent" })).toBeHidden();
  await reader.context().close();

  await signIn(page, firstRun.admin, "/agents/agt_nobody");
  await expect(page.getByRole("heading", { name: "There is no such agent" })).toBeVisible();
  await page.getByRole("link", { name: "All agents" }).click();
  await page.getByRole("searchbox").fill("nobody is called so");
  await expect(page.getByText("Nothing matches these filters")).toBeVisible();
  await expect(page).toHaveURL(/search=nobody/);
  await page.getByRole("button", { name: "Clear them" }).click();
  await expect(page.getByRole("link", { name: "Sales (Retell)" })).toBeVisible();
});

const pages = {
  "the list": async (page: Page, { name }: { id: string; name: string }) => {
    await signIn(page, firstRun.admin, "/agents");
    await expect(page.getByRole("row").filter({ hasText: name })).toContainText("Healthy");
  },
  "one agent": async (page: Page, { id }: { id: string; name: string }) => {
    await signIn(page, firstRun.admin, `/agents/${id}`);
    await expect(page.getByText("Its part of each group’s calls")).toBeVisible();
  },
  "a form that is refused": async (page: Page) => {
    await signIn(page, firstRun.admin, "/agents/new");
    await page.getByRole("button", { name: "Create agent" }).click();
    await expect(page.getByText("This can't be empty.").first()).toBeVisible();
  },
};

for (const [what, open] of Object.entries(pages)) {
  test(`${what} stands in nobody’s way, in both themes, on a desk and a telephone`, async ({ page, baseURL }) => {
    await using operator = await door(baseURL);
    const agent = await operator.agent(unique("Gwen"), { provider: "house-made" });
    await operator.group(unique("Front"), [agent]);
    await open(page, agent);
    await expectAccessible(page);
  });
}

test("the choice between mine and theirs stands in nobody’s way either", async ({ page, baseURL }) => {
  await using operator = await door(baseURL);
  const agent = await operator.agent(unique("Hope"));
  await signIn(page, firstRun.admin, `/agents/${agent.id}`);
  await page.getByLabel("Username").fill("desk");
  await operator.ask("PUT", `/voice-agents/${agent.id}`, { version: agent.version, capacity: 4 });
  await save(page).click();
  await expect(page.getByRole("region", { name: "changed this agent while you were editing" })).toBeFocused();
  await expectAccessible(page);
});
