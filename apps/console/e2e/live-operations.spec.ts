/** Operators act on live calls from the board: against a played platform, whose calls do what its REST doors are told. */
import { expect, type Page, test } from "playwright/test";
import { expectAccessible } from "./axe.ts";
import { openDoor } from "./operators-door.ts";
import { readFirstRun } from "./platform.ts";
import { playCloudonix } from "./played-cloudonix.ts";
import { signIn } from "./sign-in.ts";

const prioritised = "+15550100002";
const rowOf = (page: Page, from: string) => page.getByRole("row").filter({ hasText: from });

type Tenant = { version: number };

/** The domain's key is stored, as connecting the domain does it; null: taken away. */
const connect = async (baseURL: string | undefined, dataDir: string, cloudonixKey: string | null) => {
  const door = await openDoor(baseURL ?? "", (await readFirstRun(dataDir)).admin);
  const { version } = await door.ask<Tenant>("GET", "/tenant");
  await door.ask("PUT", "/tenant", { version, cloudonixKey });
  return door;
};

test.afterEach(async ({ baseURL }, { config }) => {
  await using _ = await connect(baseURL, String(config.metadata["dataDir"]), null);
});

test("calls are moved and hung up from the board, one and many, and a failure stands on the row; a number is rung and connected", async ({
  page,
  baseURL,
}, info) => {
  await using platform = await playCloudonix(info);
  const dataDir = String(info.config.metadata["dataDir"]);
  await using door = await connect(baseURL, dataDir, platform.domain.key);
  const target = await door.group("Second line", [await door.agent("Second line agent")]);
  await signIn(page, (await readFirstRun(dataDir)).admin);

  platform.call({ from: "+442079460031", to: prioritised });
  const row = rowOf(page, "+44 20 7946 0031");
  await expect(row).toContainText("Connected");
  await row.getByRole("button").click();
  const drawer = page.getByRole("complementary", { name: "Details of the call" });
  await drawer.getByRole("button", { name: "Move" }).click();
  const moving = page.getByRole("dialog", { name: "Move the call" });
  await moving.getByLabel("Group", { exact: true }).fill(target.name);
  await page.getByRole("option", { name: target.name }).click();
  await moving.getByRole("button", { name: "Move the call" }).click();
  await expect(row).toContainText("Second line agent");
  await expect(drawer).toContainText("Moved by an operator");

  platform.misbehave({ kind: "refuse" }, { times: 1 });
  await drawer.getByRole("button", { name: "Hang up" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Hang up this call" }).click();
  await expect(row).toContainText("Not hung up: Cloudonix can't be reached");
  await expectAccessible(page);
  await drawer.getByRole("button", { name: "Hang up" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Hang up this call" }).click();
  await expect(row).toContainText("Completed");
  await page.keyboard.press("Escape");

  const froms = ["+442079460041", "+442079460042"];
  for (const from of froms) platform.call({ from, to: prioritised });
  for (const shown of ["+44 20 7946 0041", "+44 20 7946 0042"]) {
    await expect(rowOf(page, shown)).toContainText("Connected");
    await page.getByRole("checkbox", { name: `Select the call from ${shown}` }).check();
  }
  await page.getByRole("group", { name: "Selected calls" }).getByRole("button", { name: "Hang up" }).click();
  const asking = page.getByRole("dialog", { name: "Hang up 2 calls?" });
  await asking.getByLabel("Type “2” to go on").fill("2");
  await asking.getByRole("button", { name: "Hang up 2 calls" }).click();
  for (const shown of ["+44 20 7946 0041", "+44 20 7946 0042"]) await expect(rowOf(page, shown)).toContainText("Completed");

  await page.getByRole("button", { name: "Call me" }).click();
  const calling = page.getByRole("dialog", { name: "Call me" });
  await calling.getByLabel("Number to ring").fill("+12025550143");
  await calling.getByLabel("Group", { exact: true }).fill(target.name);
  await page.getByRole("option", { name: target.name }).click();
  await calling.getByRole("button", { name: "Ring the number" }).click();
  const begun = rowOf(page, "+1 202 555 0143").first();
  await expect(begun).toContainText("Second line agent");
  await expect(begun).toContainText("Connected");
  await expect(page.getByRole("complementary", { name: "Details of the call" })).toContainText("Begun by an operator");
  for (const session of platform.sessions.inProgress(platform.domain.domain))
    platform.sessions.tell(platform.domain.domain, session, { kind: "hang_up" });
  await expect(page.getByText("No calls right now")).toBeVisible();
  expect(platform.invalidRequests()).toEqual([]);
});
