/** The audit log: who changed what, field by field, and the way back. */
import { expect, type Page, test } from "playwright/test";
import { expectAccessible } from "./axe.ts";
import { openDoor } from "./operators-door.ts";
import { type FirstRun, readFirstRun } from "./platform.ts";
import { signIn } from "./sign-in.ts";

let firstRun: FirstRun;
test.beforeAll(async () => {
  firstRun = await readFirstRun(String(test.info().config.metadata["dataDir"]));
});

const unique = (name: string): string => `${name} ${crypto.randomUUID().slice(0, 8)}`;
const door = (baseURL: string | undefined) => openDoor(baseURL ?? "", firstRun.admin);
const bodyRows = (page: Page) => page.getByRole("table", { name: "Audit" }).getByRole("rowgroup").getByRole("row");
const panel = (page: Page) => page.getByRole("complementary", { name: "What was changed" });
const dialog = (page: Page) => page.getByRole("dialog", { name: /back$/ });

test("a change shows only the fields that it changed, and is put back once it is known what that does", async ({ page, baseURL }) => {
  await using operator = await door(baseURL);
  const name = unique("Audited");
  const { id, version } = await operator.agent(name, { capacity: 2, password: "a secret of ours" });
  const changed = { version, name: `${name} anew`, capacity: 5 };
  await operator.ask("PUT", `/voice-agents/${id}`, changed);

  await signIn(page, firstRun.admin, `/audit?target=${id}`);
  await expect(bodyRows(page)).toHaveCount(2);
  const row = bodyRows(page).first();
  await expect(row).toContainText(firstRun.admin.email);
  await expect(row).toContainText(`changed agent ${name} anew`);
  await expect(row).toContainText("Name, Capacity");
  await row.getByRole("link").first().click();
  await expect(panel(page).getByRole("definition")).toHaveCount(2);
  await expect(panel(page).getByRole("definition").last()).toHaveText(/was 2.*became 5/);

  // Changed once more since: what goes back is told as it is now.
  await operator.ask("PUT", `/voice-agents/${id}`, { version: version + 1, capacity: 9 });
  await panel(page).getByRole("button", { name: "Put it back to how it was…" }).click();
  await expect(dialog(page).getByRole("definition").last()).toHaveText(/is now 9.*will be 2/);
  await expect(dialog(page)).toContainText("Not the password, which stays as it is now");
  await dialog(page).getByRole("button", { name: "Put it back" }).dblclick();
  await expect(dialog(page)).toBeHidden();
  await expect(bodyRows(page)).toHaveCount(4);
  const now = await operator.ask<{ name: string; capacity: number; hasPassword: boolean }>("GET", `/voice-agents/${id}`);
  expect(now).toMatchObject({ name, capacity: 2, hasPassword: true });
});

test("what was deleted comes back by the entry of its deletion, without its secret, and by no other", async ({ page, baseURL }) => {
  await using operator = await door(baseURL);
  const name = unique("Deleted");
  const { id, version } = await operator.agent(name, { password: "a secret of ours" });
  await operator.ask("PUT", `/voice-agents/${id}`, { version, capacity: 4 });
  await operator.ask("DELETE", `/voice-agents/${id}`);

  await signIn(page, firstRun.admin, `/audit?target=${id}`);
  await bodyRows(page).nth(1).getByRole("link").first().click();
  await panel(page).getByRole("button", { name: "Put it back to how it was…" }).click();
  await expect(dialog(page)).toContainText("It has been deleted since.");
  await dialog(page).getByRole("button", { name: "Cancel" }).click();

  await bodyRows(page).first().getByRole("link").first().click();
  await panel(page).getByRole("button", { name: "Bring it back…" }).click();
  await expect(dialog(page)).toContainText("Without the password");
  await dialog(page).getByRole("button", { name: "Put it back" }).click();
  await expect(page.getByText("To be entered again: password.")).toBeVisible();
  expect(await operator.ask("GET", `/voice-agents/${id}`)).toMatchObject({ name, capacity: 4, hasPassword: false });
});

test("on a telephone a change is put back, also by whoever had begun where there was room", async ({ page, baseURL }) => {
  await using operator = await door(baseURL);
  const { id, version } = await operator.agent(unique("Carried"), { capacity: 2 });
  await operator.ask("PUT", `/voice-agents/${id}`, { version, capacity: 5 });
  await signIn(page, firstRun.admin, `/audit?target=${id}`);
  await bodyRows(page).first().getByRole("link").first().click();
  await panel(page).getByRole("button", { name: "Put it back to how it was…" }).click();
  await expect(dialog(page).getByRole("definition")).toHaveText(/is now 5.*will be 2/);
  await page.setViewportSize({ width: 360, height: 740 });
  await dialog(page).getByRole("button", { name: "Cancel" }).click();
  const over = page.getByRole("dialog", { name: "What was changed" });
  await over.getByRole("button", { name: "Put it back to how it was…" }).click();
  await dialog(page).getByRole("button", { name: "Put it back" }).click();
  await expect(page.getByText("Put back", { exact: true })).toBeVisible();
  expect(await operator.ask("GET", `/voice-agents/${id}`)).toMatchObject({ capacity: 2 });
});

test("changes are narrowed down by person, kind and thing, in the address; members of a group are told one by one", async ({
  page,
  baseURL,
}) => {
  await using operator = await door(baseURL);
  const [ada, ben] = [await operator.agent(unique("Ada")), await operator.agent(unique("Ben"))];
  const group = await operator.group(unique("Desk"), [ada]);
  const members = [ada, ben].map((agent, index) => ({ agentId: agent.id, weight: index === 0 ? 1 : 3 }));
  await operator.ask("PUT", `/agent-groups/${group.id}`, { version: group.version, members });

  await signIn(page, firstRun.admin, "/audit?range=hour");
  await page.getByRole("combobox", { name: "What was changed" }).selectOption("Group");
  await page.getByRole("button", { name: "More filters" }).click();
  await page.getByRole("combobox", { name: "Who changed it" }).pressSequentially(firstRun.admin.email);
  await expect(page.getByRole("option")).toHaveText([firstRun.admin.email]);
  await page.getByRole("option", { name: firstRun.admin.email }).click();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/kind=agent_group.*person=usr_|person=usr_.*kind=agent_group/);
  const row = bodyRows(page).filter({ hasText: `changed group ${group.name}` });
  await row.getByRole("link").first().click();
  await expect(panel(page).getByRole("term")).toHaveText([`Member ${ben.name}`]);
  await expect(panel(page).getByRole("definition")).toHaveText(/was nothing.*became place \d · priority 1 · weight 3/);
  await panel(page).getByRole("link", { name: "All changes of it" }).click();
  await expect(bodyRows(page)).toHaveCount(2);
  await page.getByRole("button", { name: "Clear all" }).click();
  await expect(page).toHaveURL("/audit");
});

test("the role user is offered no audit, is refused it by the server, and is told so at its address", async ({ page, baseURL }) => {
  await using operator = await door(baseURL);
  const person = await operator.person("user");
  await signIn(page, person, "/audit");
  await expect(page.getByText("Who changed what is seen by admins only.")).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Webhook log" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Audit" })).toHaveCount(0);
  const user = await openDoor(baseURL ?? "", person);
  await expect(user.ask("GET", "/audit-log")).rejects.toThrow("403");
});

test("nothing in the audit log is out of reach for anybody, in both themes and at 360 px", async ({ page, baseURL }) => {
  await using operator = await door(baseURL);
  const { id, version } = await operator.agent(unique("Within reach"));
  await operator.ask("PUT", `/voice-agents/${id}`, { version, capacity: 7 });
  await signIn(page, firstRun.admin, `/audit?target=${id}`);
  await expect(bodyRows(page)).toHaveCount(2);
  await expectAccessible(page);
  await bodyRows(page).first().getByRole("link").first().click();
  await panel(page).getByRole("button", { name: "Put it back to how it was…" }).click();
  await expect(dialog(page).getByRole("definition")).toHaveCount(1);
  await expectAccessible(page);
});
