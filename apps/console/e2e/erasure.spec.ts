/** Settings, Data: how long data is kept, and a number erased with its receipt. */
import { expect, test } from "playwright/test";
import { expectAccessible } from "./axe.ts";
import { openDoor } from "./operators-door.ts";
import { type FirstRun, openCall, readFirstRun } from "./platform.ts";
import { signIn } from "./sign-in.ts";

let firstRun: FirstRun;
test.beforeAll(async () => {
  firstRun = await readFirstRun(String(test.info().config.metadata["dataDir"]));
});

test("how long data is kept is chosen within its limits, and said before it costs anything", async ({ page }) => {
  await signIn(page, firstRun.admin, "/settings?tab=data");
  const days = page.getByRole("spinbutton", { name: "Webhooks, in days" });
  await expect(days).toHaveValue("14");
  await days.fill("0");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Between 1 and 365 days.")).toBeVisible();
  await days.fill("10");
  await expect(page.getByText("does not come back")).toBeVisible();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("How long data is kept was saved")).toBeVisible();
  await page.reload();
  await expect(days).toHaveValue("10");
  await expectAccessible(page);
});

test("a number is erased once it was typed again: the call stays, without it, and the receipt says what was changed", async ({
  page,
  baseURL,
}) => {
  await using door = await openDoor(baseURL ?? "", firstRun.admin);
  const call = openCall(firstRun, { from: "+442079460066", to: "+15550199001" });
  await call.arrive();
  await call.cdr("NOANSWER", 0);
  const calls = async (number: string) =>
    (await door.ask<{ items: unknown[] }>("GET", `/call-records?number=${encodeURIComponent(number)}`)).items.length;
  await expect.poll(() => calls("+442079460066")).toBe(1);

  await signIn(page, firstRun.admin, "/settings?tab=data");
  const form = page.getByRole("form", { name: "Erase a number" });
  await form.getByRole("textbox", { name: "Number" }).fill("not a number");
  await form.getByRole("button", { name: "Erase…" }).click();
  await expect(form).toContainText("Write one whole number with its country code");
  await form.getByRole("textbox", { name: "Number" }).fill("00 44 20 7946 0066");
  await expect(form).toContainText("Understood as +44 20 7946 0066.");
  await form.getByRole("button", { name: "Erase…" }).click();
  const asked = page.getByRole("dialog", { name: "Erase +44 20 7946 0066?" });
  await expect(asked.getByRole("button", { name: "Erase the number" })).toHaveAttribute("aria-disabled", "true");
  await asked.getByRole("textbox").fill("+442079460066");
  await asked.getByRole("button", { name: "Erase the number" }).click();

  const receipt = page.getByRole("list", { name: "Receipts" }).getByRole("listitem").first();
  await expect(receipt).toContainText("+4420•••0066");
  await expect(receipt).toContainText("1 call record");
  await expect(receipt).toContainText("Waiting");
  expect(await calls("+442079460066")).toBe(0);
  await page.goto("/calls");
  await expect(page.getByRole("row").filter({ hasText: "erased" }).first()).toBeVisible();
});
