/** The first visit to an empty product: its own copy, started without the demo. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "playwright/test";
import { expectAccessible } from "./axe.ts";
import { type Product, startProduct } from "../../../tests/product.ts";

let dataDir: string;
let product: Product;
test.beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "switchboard-set-up-"));
  product = await startProduct(dataDir, { SEED: "none" });
  await product.ready();
});
test.afterAll(async () => {
  product.npm.kill("SIGTERM");
  await product.ended();
  await rm(dataDir, { recursive: true, force: true });
});

test("the first visit creates the tenant with the machine's token, shows its secrets once, and leads into the console", async ({
  page,
}) => {
  await page.goto(product.url);
  await page.getByLabel("Set-up token").fill("not the token");
  await page.getByLabel("Cloudonix domain").fill("acme.example");
  await page.getByLabel("Your e-mail").fill("ada@acme.example");
  await page.getByLabel("Your password").fill("correct horse battery");
  await page.getByRole("button", { name: "Set up" }).click();
  await expect(page.getByRole("alert")).toHaveText("This is not the set-up token.");
  await expectAccessible(page);

  await page.getByLabel("Set-up token").fill(await readFile(join(dataDir, "setup-token"), "utf8"));
  await page.getByRole("button", { name: "Set up" }).click();
  await expect(page.getByRole("heading", { name: "Switchboard is set up" })).toBeVisible();
  await expect(page.getByText("/api/webhooks/voice-application/")).toBeVisible();
  await page.getByRole("button", { name: "Open the console" }).click();
  await expect(page.getByRole("heading", { name: "First steps" })).toBeVisible();

  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { name: "Sign in to Switchboard" })).toBeVisible();
  await expectAccessible(page);
});
