/** Taking calls along: what the list shows is ordered, watched, downloaded, and canceled when it was not meant. */
import { readFile } from "node:fs/promises";
import { expect, type Page, test } from "playwright/test";
import { holdExports } from "../../../tests/hold-exports.ts";
import { insertCalls } from "../../../tests/many-calls.ts";
import { expectAccessible } from "./axe.ts";
import { toast } from "./editing.ts";
import { type FirstRun, ownDataDir, readFirstRun } from "./platform.ts";
import { signIn } from "./sign-in.ts";

let firstRun: FirstRun;
let dataDir: string;
test.beforeAll(async () => {
  const everyDataDir = String(test.info().config.metadata["dataDir"]);
  dataDir = ownDataDir(everyDataDir);
  firstRun = await readFirstRun(everyDataDir);
});

const listed = (page: Page) => page.getByRole("list", { name: "Exports" }).getByRole("listitem");

const order = async (page: Page) => {
  await page.getByRole("button", { name: "Export", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Export these calls" });
  await expect(dialog).toContainText("300 calls");
  return dialog;
};

test("the calls in the list, and no others, are exported while one is elsewhere, and downloaded once they are ready", async ({ page }) => {
  const prefix = "+4420794610";
  await using calls = await insertCalls(dataDir, { domain: firstRun.domain, count: 300, prefix });
  await using hold = await holdExports(dataDir, firstRun.domain);
  await signIn(page, firstRun.admin, `/calls?q=${encodeURIComponent(prefix)}`);
  await expect(page.getByRole("table", { name: "Call records" }).getByText(calls.numberOf(1))).toBeVisible();

  const dialog = await order(page);
  await expectAccessible(page);
  for (const name of ["Session", "Answered", "State"]) await dialog.getByRole("checkbox", { name, exact: true }).uncheck();
  await dialog.getByLabel("Time zone of the times").selectOption("Asia/Tokyo");
  await dialog.getByRole("button", { name: "Export" }).click();
  await expect(listed(page).first()).toContainText("Waiting");
  await expect(page).toHaveURL(/exports=true/);

  await page.goto("/agents");
  await hold.release();
  await page.goto("/calls?exports=true");
  await expect(listed(page).first()).toContainText("Ready");
  await expect(listed(page).first()).toContainText("300 calls");
  await expectAccessible(page);
  const coming = page.waitForEvent("download");
  await listed(page).first().getByRole("button", { name: "Download" }).click();
  const file = await coming;
  expect(file.suggestedFilename()).toMatch(/^calls-\d{4}-\d\d-\d\d-\w+\.csv$/);
  const lines = (await readFile(await file.path(), "utf8")).trimEnd().split("\n");
  const header = lines[0]?.split(",") ?? [];
  expect(header).not.toContain("session");
  expect(header).toContain("from");
  const rows = lines.slice(1).map((line) => line.split(","));
  expect(rows.map((row) => row[header.indexOf("from")])).toEqual(Array.from({ length: 300 }, (_, index) => calls.numberOf(index + 1)));
  expect(rows.every((row) => row[header.indexOf("startedAt")]?.endsWith("+09:00"))).toBe(true);
});

test("an export that was not meant is canceled before it is written, and says so", async ({ page }) => {
  await using calls = await insertCalls(dataDir, { domain: firstRun.domain, count: 300, prefix: "+4420794620" });
  await using hold = await holdExports(dataDir, firstRun.domain);
  await signIn(page, firstRun.admin, "/calls?q=%2B4420794620");
  await (await order(page)).getByRole("button", { name: "Export" }).click();
  await listed(page).first().getByRole("button", { name: "Cancel" }).click();
  await expect(toast(page, "The export is canceled")).toBeVisible();
  await expect(listed(page).first()).toContainText("Canceled");
  await expect(listed(page).first().getByRole("button", { name: "Download" })).toHaveCount(0);
  await hold.release();
  await page.reload();
  await expect(listed(page).first()).toContainText("Canceled");
  await page.goto(`/calls?q=${encodeURIComponent(calls.numberOf(300))}`);
  await expect(page.getByRole("table", { name: "Call records" }).getByText(calls.numberOf(300))).toBeVisible();
});
