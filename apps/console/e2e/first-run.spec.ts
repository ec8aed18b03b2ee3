/** The first visit to an empty product, by keyboard alone, from the set-up to a test call that has ended: its own copy, started without the demo. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Locator, type Page, test } from "playwright/test";
import { type Product, startProduct } from "../../../tests/product.ts";
import { expectAccessible } from "./axe.ts";

const longestMs = 3 * 60_000;

let dataDir: string;
let product: Product;
test.beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "switchboard-first-run-"));
  product = await startProduct(dataDir, { SEED: "none" });
  await product.ready();
});
test.afterAll(async () => {
  product.npm.kill("SIGTERM");
  await product.ended();
  await rm(dataDir, { recursive: true, force: true });
});

/** As somebody without a mouse gets there: Tab after Tab. */
const tabTo = async (page: Page, target: Locator) => {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < 40; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  await expect(target).toBeFocused();
};

const typeInto = async (page: Page, label: string, text: string) => {
  await tabTo(page, page.getByLabel(label, { exact: true }));
  await page.keyboard.type(text);
};

const addAgent = async (page: Page, name: string, number: string) => {
  await expect(page.getByLabel("Name", { exact: true })).toBeFocused();
  await page.keyboard.type(name);
  await typeInto(page, "Provider", "vapi");
  await typeInto(page, "Number at the provider", number);
  await page.keyboard.press("Enter");
};

test("whoever has never seen it comes without a mouse from the set-up to a test call that fails over, ends and is in the records, in under three minutes", async ({
  page,
}) => {
  test.setTimeout(longestMs);
  const startedAt = Date.now();
  await page.goto(product.url);
  await expect(page.getByLabel("Set-up token")).toBeFocused();
  await page.keyboard.type(await readFile(join(dataDir, "setup-token"), "utf8"));
  await typeInto(page, "Cloudonix domain", "acme.example");
  await typeInto(page, "Your e-mail", "ada@acme.example");
  await typeInto(page, "Your password", "short");
  await page.keyboard.press("Enter");
  await expect(page.getByText("A password needs at least 12 characters.")).toBeVisible();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("correct horse battery");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Open the console" })).toBeFocused();
  await page.keyboard.press("Enter");

  await expect(page.getByRole("heading", { name: "First steps" })).toBeVisible();
  await expect(page).toHaveURL(/\/start$/);
  await addAgent(page, "Ava", "+15550100101");
  await tabTo(page, page.getByRole("button", { name: "add another one first" }));
  await page.keyboard.press("Enter");
  await addAgent(page, "Ben", "+15550100102");

  await expect(page.getByRole("form", { name: "Group" }).getByRole("checkbox")).toHaveCount(2);
  await expect(page.getByLabel("Name", { exact: true })).toBeFocused();
  await page.keyboard.type("Support");
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Number called")).toBeFocused();
  await page.keyboard.type("+1415*");
  await page.keyboard.press("Enter");

  await expect(page.getByRole("form", { name: "Test call" }).getByLabel("Number called")).toHaveValue(/^\+1415\d{7}$/);
  await tabTo(page, page.getByRole("radio", { name: /^Answered/ }));
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("radio", { name: /^First agent busy/ })).toBeChecked();
  await page.keyboard.press("Enter");

  const drawer = page.getByRole("complementary", { name: "Details of the call" });
  await expect(page).toHaveURL(/\/live\?call=cal_/);
  await expect(drawer).toContainText("Test");
  await expect(drawer).toContainText("Ringing");
  await expect(drawer).toContainText("Was busy.");
  await expect(drawer).toContainText("Connected");
  await expect(drawer).toContainText("Completed");

  await tabTo(page, page.getByRole("link", { name: "go on to connect Cloudonix" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: /^Place a test call ?, done/ })).toBeVisible();
  await expect(page.getByText("/api/webhooks/voice-application/")).toBeVisible();
  await tabTo(page, page.getByRole("button", { name: "Make a new token…" }));
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("dialog").getByRole("button", { name: "Make a new token" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "The new bearer token" })).toBeVisible();
  await tabTo(page, page.getByRole("button", { name: "I have copied it" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toBeHidden();

  await page.keyboard.press("g");
  await page.keyboard.press("c");
  const record = page.getByRole("row").filter({ hasText: "Test" });
  await expect(record).toContainText("Completed");
  expect(Date.now() - startedAt).toBeLessThan(longestMs);
});

test("an empty tenant's home leads to the first steps, which know what is done; past them one gets, and nothing is in anybody's way", async ({
  page,
}) => {
  await page.goto(`${product.url}/start?step=agent`);
  await page.getByLabel("E-mail").fill("ada@acme.example");
  await page.getByLabel("Password").fill("correct horse battery");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("button", { name: /^Add an agent ?, done Ava, Ben/ })).toHaveAttribute("aria-expanded", "true");
  await page.getByRole("button", { name: "Skip for now" }).click();
  await expect(page.getByRole("button", { name: /^Put it into a group/ })).toHaveAttribute("aria-expanded", "true");
  await expectAccessible(page);
  await page.getByRole("link", { name: "Skip all this" }).click();
  await expect(page.getByRole("heading", { name: "Live calls" })).toBeVisible();
  await page.goto(product.url);
  await expect(page.getByRole("heading", { name: "Dashboard" })).toBeVisible();
});
