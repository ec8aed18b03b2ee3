/** The settings: secrets that are shown once, people and what they may do, one's own password. */
import { type Browser, expect, type Page, test } from "playwright/test";
import { expectAccessible } from "./axe.ts";
import { toast } from "./editing.ts";
import { openDoor } from "./operators-door.ts";
import { type FirstRun, openCall, readFirstRun } from "./platform.ts";
import { signIn } from "./sign-in.ts";

let firstRun: FirstRun;
test.beforeAll(async () => {
  firstRun = await readFirstRun(String(test.info().config.metadata["dataDir"]));
});

const password = "correct horse battery";
/** Ten times what is promised. */
const soon = { timeout: 20_000 };
const settled = (page: Page) => expect(page.getByRole("heading", { name: "Settings" })).toBeVisible();

/** A person of its own, made through the page, that the test deletes by its end. */
const addPerson = async (page: Page, role: "User" | "Admin"): Promise<string> => {
  const email = `${role.toLowerCase()}-${crypto.randomUUID().slice(0, 8)}@demo.example`;
  await page.goto("/settings?tab=people");
  await page.getByRole("button", { name: "Add a person" }).click();
  const dialog = page.getByRole("dialog", { name: "Add a person" });
  await dialog.getByLabel("E-mail").fill(email);
  await dialog.getByLabel("Role").selectOption(role);
  await dialog.getByLabel("First password").fill(password);
  await dialog.getByRole("button", { name: "Add" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("row", { name: email })).toBeVisible();
  return email;
};

const deletePerson = async (page: Page, email: string) => {
  await page.goto(`/settings?tab=people&search=${encodeURIComponent(email)}`);
  await page.getByRole("link", { name: email }).click();
  await page.getByRole("button", { name: "Delete…" }).click();
  await page
    .getByRole("dialog", { name: `Delete ${email}?` })
    .getByRole("button", { name: "Delete", exact: true })
    .click();
  await expect(page.getByText("Nothing matches these filters")).toBeVisible();
};

/** Another browser, where somebody else sits. */
const elsewhere = async (browser: Browser, email: string, path: string): Promise<Page> => {
  const page = await (await browser.newContext()).newPage();
  await signIn(page, { email, password }, path);
  return page;
};

test("a new bearer token is shown once, works at once, and the one before works until the hour that is named", async ({ page }) => {
  await signIn(page, firstRun.admin, "/settings?tab=cloudonix");
  await settled(page);
  await page.getByRole("button", { name: "Make a new token…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Make a new token" }).click();
  const shown = page.getByRole("dialog", { name: "The new bearer token" });
  await expect(shown).toContainText(/The token before it works until \S.*\d\d:\d\d, so that no call is refused meanwhile\./);
  const webhookToken = await shown.locator("code").innerText();
  // It is not shown again, so neither a key nor a click beside it takes it away.
  await page.keyboard.press("Escape");
  await page.mouse.click(5, 5);
  await expect(shown).toBeVisible();

  for (const token of [webhookToken, firstRun.webhookToken]) {
    const call = openCall({ ...firstRun, webhookToken: token }, { from: "+15005550006", to: "+15550100002" });
    expect(await call.arrive()).toContain("<Dial");
    await call.cdr("NOANSWER", 0);
  }
  await shown.getByRole("button", { name: "I have copied it" }).click();
  await expect(page.getByText(webhookToken)).toBeHidden();
  await page.reload();
  await settled(page);
  expect(await page.content()).not.toContain(webhookToken);
});

test("a changed password signs the person out elsewhere, and signing in again leads back to the same page", async ({ page, browser }) => {
  await signIn(page, firstRun.admin, "/settings");
  await settled(page);
  const email = await addPerson(page, "Admin");
  const here = await elsewhere(browser, email, "/settings?tab=account");
  const there = await elsewhere(browser, email, "/settings?tab=cloudonix");
  await expect(there.getByText(/^(No|A) key is stored\.$/)).toBeVisible();

  await here.getByLabel("Current password").fill("not the password");
  await here.getByLabel("New password").fill("short");
  await here.getByRole("button", { name: "Change the password" }).click();
  await expect(here.getByText("A password needs at least 12 characters.")).toBeVisible();
  await here.getByLabel("New password").fill(`${password} staple`);
  await here.getByRole("button", { name: "Change the password" }).click();
  await expect(here.getByText("This is not your current password.")).toBeVisible();
  await here.getByLabel("Current password").fill(password);
  await here.getByRole("button", { name: "Change the password" }).click();
  await expect(there.getByText("Your session has ended. Please sign in again.")).toBeVisible(soon);
  await expect(here.getByText("Your password was changed")).toBeVisible();

  await there.getByLabel("E-mail").fill(email);
  await there.getByLabel("Password").fill(`${password} staple`);
  await there.getByRole("button", { name: "Sign in" }).click();
  await expect(there.getByText(/^(No|A) key is stored\.$/)).toBeVisible();
  await expect(there).toHaveURL(/\/settings\?tab=cloudonix$/);
  await here.reload();
  await expect(here.getByRole("heading", { name: "Settings" })).toBeVisible();
  await Promise.all([here.context().close(), there.context().close()]);
  await deletePerson(page, email);
});

test("people are added, renamed, made less and locked out; the server's word against one's own demotion stands beside the field", async ({
  page,
  browser,
}) => {
  await signIn(page, firstRun.admin, "/settings");
  await settled(page);
  const email = await addPerson(page, "Admin");
  const other = await elsewhere(browser, email, "/live");
  await expect(other.getByRole("heading", { name: "Live calls" })).toBeVisible();

  await page.getByRole("link", { name: email }).click();
  const panel = page.getByRole("complementary", { name: "The person" });
  await panel.getByLabel("Name").fill("Ada");
  await panel.getByRole("switch", { name: "May sign in" }).click();
  await panel.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("row", { name: email })).toContainText("Disabled");
  await expect(page.getByRole("row", { name: email })).toContainText("Ada");
  await expect(other.getByRole("heading", { name: "Sign in to Switchboard" })).toBeVisible(soon);

  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("row", { name: email })).toContainText("Allowed");

  await page.getByRole("link", { name: firstRun.admin.email }).click();
  await panel.getByLabel("Role").selectOption("User");
  await panel.getByRole("button", { name: "Save" }).click();
  await expect(panel.getByText("You can't be demoted by yourself. Another admin can do it.")).toBeVisible();
  await panel.getByRole("button", { name: "Discard changes" }).click();
  await other.context().close();
  await deletePerson(page, email);
});

test("to a user neither secrets nor people nor changes are offered, and the tenant key is masked", async ({ page, browser }) => {
  await signIn(page, firstRun.admin, "/settings");
  await settled(page);
  const email = await addPerson(page, "User");
  const user = await elsewhere(browser, email, "/settings?tab=people");
  await settled(user);
  await expect(user.getByRole("tab")).toHaveText(["Tenant", "Cloudonix", "My account"]);
  await expect(user.getByText("Admins can change these.")).toBeVisible();
  await expect(user.getByRole("button", { name: "Save" })).toBeHidden();
  await user.getByRole("tab", { name: "Cloudonix" }).click();
  await expect(user.getByText(/\/api\/webhooks\/cdr\/••••••••$/)).toBeVisible();
  for (const name of ["Make a new token…", "Make a new tenant key…", "Save the key"])
    await expect(user.getByRole("button", { name })).toBeHidden();
  expect(await user.content()).not.toContain(firstRun.tenantKey);
  await user.context().close();
  await deletePerson(page, email);
});

test("the tenant is changed and put back, and two admins who do so at once are told of each other", async ({ page, browser }) => {
  await signIn(page, firstRun.admin, "/settings");
  await settled(page);
  const email = await addPerson(page, "Admin");
  const other = await elsewhere(browser, email, "/settings");
  await page.getByRole("tab", { name: "Tenant" }).click();
  const before = await page.getByLabel("Name", { exact: true }).inputValue();
  await other.getByLabel("Calls at once").fill("5000");
  await page.getByLabel("Name", { exact: true }).fill(`${before} two`);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("The settings were saved")).toBeVisible();

  await other.getByRole("button", { name: "Save" }).click();
  await expect(other.getByRole("heading", { name: /changed these settings while you were editing/ })).toBeVisible();
  await other.getByRole("button", { name: "Take theirs" }).click();
  await expect(other.getByLabel("Name", { exact: true })).toHaveValue(`${before} two`);
  await expect(other.getByLabel("Calls at once")).toHaveValue("");

  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue(before);
  await page.getByRole("button", { name: "Add an alias" }).click();
  await page.getByPlaceholder("calls.acme.example").fill("not a domain");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Write a domain such as acme.cloudonix.net.")).toBeVisible();
  await page.getByRole("button", { name: "Discard changes" }).click();
  await other.context().close();
  await deletePerson(page, email);
});

test("on a telephone a person covers the list, and what is asked and told above them is within reach", async ({ page, baseURL }) => {
  await using operator = await openDoor(baseURL ?? "", firstRun.admin);
  const { email } = await operator.person("user");
  await page.setViewportSize({ width: 360, height: 740 });
  await signIn(page, firstRun.admin, `/settings?tab=people&search=${email}`);
  const link = page.getByRole("link", { name: email });
  await link.press("Enter");
  const over = page.getByRole("dialog", { name: "The person" });
  const name = over.getByLabel("Name");
  await name.fill("Ada");
  await over.getByRole("button", { name: "Save" }).click();
  await toast(page, `${email} was saved`).getByRole("button", { name: "Undo" }).click();
  await expect(name).toHaveValue("");

  await over.getByRole("button", { name: "Set a new password…" }).click();
  const asked = page.getByRole("dialog", { name: `A new password for ${email}` });
  await asked.getByLabel("New password").fill(`${password} anew`);
  await asked.getByRole("button", { name: "Set the password" }).click();
  await expect(asked).toBeHidden();
  await page.keyboard.press("Escape");
  await expect(over).toBeHidden();
  await expect(link).toBeFocused();

  await link.press("Enter");
  await name.fill("Grace");
  await page.setViewportSize({ width: 1280, height: 740 });
  await expect(page.getByRole("complementary", { name: "The person" }).getByLabel("Name")).toHaveValue("Grace");
  await page.setViewportSize({ width: 360, height: 740 });
  await expect(name).toHaveValue("Grace");
  await over.getByRole("button", { name: "Delete…" }).click();
  // Whoever deletes the person has no use for what they changed of them.
  await page
    .getByRole("dialog", { name: `Delete ${email}?` })
    .getByRole("button", { name: "Delete", exact: true })
    .click();
  await expect(page.getByText("Nothing matches these filters")).toBeVisible();
});

test("what was typed in the settings is not lost by a key, a click beside, another tab or another person", async ({ page, baseURL }) => {
  await using operator = await openDoor(baseURL ?? "", firstRun.admin);
  const { email } = await operator.person("user");
  const ask = page.getByRole("dialog", { name: "Leave without saving?" });
  const stays = async () => {
    await ask.getByRole("button", { name: "Stay" }).click();
    await expect(ask).toBeHidden();
  };
  await signIn(page, firstRun.admin, "/settings");
  const tenant = page.getByLabel("Calls at once");
  await tenant.fill("4321");
  await page.getByRole("tab", { name: "People" }).click();
  await stays();
  await expect(tenant).toHaveValue("4321");
  await page.getByRole("button", { name: "Discard changes" }).click();

  await page.getByRole("tab", { name: "People" }).click();
  await page.getByRole("link", { name: email }).click();
  const panel = page.getByRole("complementary", { name: "The person" });
  await panel.getByLabel("Name").fill("Ada");
  await page.getByRole("link", { name: firstRun.admin.email }).click();
  await stays();
  await page.keyboard.press("Escape");
  await stays();
  await panel.getByRole("button", { name: "Close details" }).click();
  await stays();
  await expect(panel.getByLabel("Name")).toHaveValue("Ada");
  await page.getByRole("button", { name: "Add a person" }).click();
  await ask.getByRole("button", { name: "Leave" }).click();
  await expect(panel).toBeHidden();

  const added = page.getByRole("dialog", { name: "Add a person" });
  await added.getByLabel("E-mail").fill("somebody@demo.example");
  await page.keyboard.press("Escape");
  await stays();
  await page.mouse.click(5, 5);
  await stays();
  await expect(added.getByLabel("E-mail")).toHaveValue("somebody@demo.example");
  await page.keyboard.press("Escape");
  await ask.getByRole("button", { name: "Leave" }).click();
  await expect(added).toBeHidden();
});

const pages: readonly (readonly [string, string])[] = [
  ["?tab=general", "When nobody can take the call"],
  ["?tab=cloudonix", "Voice application"],
  ["?tab=people", "admin@demo.example"],
  ["?tab=people&new=true", "First password"],
  ["?tab=account", "Current password"],
];

for (const [search, sign] of pages) {
  test(`nothing is in anybody's way in the settings${search}`, async ({ page }) => {
    await signIn(page, firstRun.admin, `/settings${search}`);
    await expect(page.getByText(sign).first()).toBeVisible();
    await expectAccessible(page);
  });
}
