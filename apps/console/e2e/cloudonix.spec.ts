/** A domain connected at Cloudonix from the settings: the key, what would change, what was done, and the way back. */
import { expect, test } from "playwright/test";
import { expectAccessible } from "./axe.ts";
import { openDoor } from "./operators-door.ts";
import { type FirstRun, openCall, readFirstRun } from "./platform.ts";
import { playCloudonix } from "./played-cloudonix.ts";
import { signIn } from "./sign-in.ts";

let firstRun: FirstRun;
test.beforeAll(async () => {
  firstRun = await readFirstRun(String(test.info().config.metadata["dataDir"]));
});

/** Null: taken away. */
const storeKey = async (baseURL: string | undefined, cloudonixKey: string | null) => {
  await using door = await openDoor(baseURL ?? "", firstRun.admin);
  const { version } = await door.ask<{ version: number }>("GET", "/tenant");
  await door.ask("PUT", "/tenant", { version, cloudonixKey });
};
test.afterEach(({ baseURL }) => storeKey(baseURL, null));

test("a wrong key is said in words; with the right one the plan is read, done, found as planned, and put back", async ({ page }) => {
  // The platform takes ten requests in ten seconds: a whole round waits for room twice.
  test.setTimeout(120_000);
  await using platform = await playCloudonix(test.info());
  const { domain: there } = platform;
  const before = structuredClone(there);
  await signIn(page, firstRun.admin, "/settings?tab=cloudonix");
  const show = page.getByRole("button", { name: "Show what would change" });
  await expect(show).toBeDisabled();
  await expect(page.getByText(/127\.0\.0\.1 leads nowhere outside this network/)).toBeVisible();

  const key = page.getByLabel("API key", { exact: true });
  await key.fill("XI0000");
  await page.getByRole("button", { name: "Verify this key" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Cloudonix does not know this API key. Copy it again" })).toBeVisible();
  await key.fill(there.key);
  await page.getByRole("button", { name: "Verify this key" }).click();
  await expect(page.getByText(`Cloudonix knows ${there.domain}, and this key may manage it.`)).toBeVisible();
  await page.getByRole("button", { name: "Save the key" }).click();
  await expect(page.getByText("A key is stored.")).toBeVisible();

  await page.getByRole("switch", { name: "Send it every call that no number leads elsewhere" }).click();
  await show.click();
  const plan = page.getByRole("table", { name: "What would change" });
  await expect(plan.getByRole("row", { name: "Default application" })).toContainText("Blackhole");
  await expect(plan.getByRole("row", { name: "CDRs" })).toContainText("not set");
  await expect(page.getByText("5 things change")).toBeVisible();
  expect(there).toEqual(before);
  await expectAccessible(page);

  await page.getByRole("button", { name: "Connect the domain" }).click();
  await expect(page.getByText(`${there.domain} is connected`)).toBeVisible();
  await expect(page.getByText("Connected", { exact: true })).toBeVisible();
  const application = there.applications.find(({ name }) => name === "switchboard");
  expect(application).toMatchObject({ method: "POST", url: firstRun.webhooks.voiceApplication });
  expect(there).toMatchObject({ defaultApplication: application?.id });
  const webhookToken = String(there.profile["authorization-api-key"]);
  const call = openCall({ ...firstRun, webhookToken }, { from: "+15005550006", to: "+15550100002" });
  expect(await call.arrive()).toContain("<Dial");
  await call.cdr("NOANSWER", 0);
  expect(await page.content()).not.toContain(webhookToken);

  await page.getByRole("button", { name: "Undo…" }).click();
  await page
    .getByRole("dialog", { name: `Put ${there.domain} back as it was?` })
    .getByRole("button", { name: "Put it back" })
    .click();
  await expect(page.getByText(`${there.domain} is as it was before`)).toBeVisible();
  await expect(page.getByText("Put back as it was", { exact: true })).toBeVisible();
  expect(there).toMatchObject({ defaultApplication: before.defaultApplication, profile: before.profile });
  expect(platform.invalidRequests()).toEqual([]);
  await page.getByRole("button", { name: "Remove…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove the key" }).click();
  await expect(page.getByText("No key is stored.")).toBeVisible();
});

test("what stops on the way is said step by step and goes on with a new plan; what is set otherwise since is shown, and set again", async ({
  page,
  baseURL,
}) => {
  test.setTimeout(120_000);
  await using platform = await playCloudonix(test.info());
  const { domain: there } = platform;
  await storeKey(baseURL, there.key);
  await signIn(page, firstRun.admin, "/settings?tab=cloudonix");
  const show = page.getByRole("button", { name: "Show what would change" });
  const connect = page.getByRole("button", { name: "Connect the domain" });
  const planned = page.getByRole("table", { name: "What would change" });
  const steps = page.getByRole("list", { name: "Steps" });

  platform.misbehave({ kind: "status", status: 500 }, { operation: "writeDomainProfile" });
  await show.click();
  await connect.click();
  await expect(page.getByText("Connected in part", { exact: true })).toBeVisible();
  await expect(steps.getByRole("listitem").filter({ hasText: "Create the voice application" })).toContainText("done");
  const failed = steps.getByRole("listitem").filter({ hasText: "Set the token and the addresses" });
  await expect(failed).toContainText("failed");
  await expect(failed).toContainText("fault of its own (500)");
  await expect(steps.getByRole("listitem").filter({ hasText: "Look whether it is so" })).toContainText("not done");
  await expectAccessible(page);

  platform.behave();
  await show.click();
  await connect.click();
  await expect(planned).toBeHidden();
  await expect(page.getByText("Connected", { exact: true })).toBeVisible();
  await expect(steps).toBeHidden();

  const ours = there.profile["cdr-endpoint"];
  there.profile["cdr-endpoint"] = "https://elsewhere.example/cdr";
  await show.click();
  await expect(page.getByText(/The domain is set otherwise at Cloudonix since .+ Calls may go elsewhere\./)).toBeVisible();
  await expect(page.getByRole("table", { name: "What differs" }).getByRole("row", { name: "CDRs" })).toContainText("elsewhere.example");
  await expectAccessible(page);
  await connect.click();
  // The plan goes when all of it is done; what differed is out of sight as soon as it begins.
  await expect(planned).toBeHidden();
  await expect(page.getByText(/The domain is set otherwise at Cloudonix/)).toBeHidden();
  expect(there.profile["cdr-endpoint"]).toBe(ours);

  await page.getByRole("button", { name: "Undo…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Put it back" }).click();
  await expect(page.getByText("Put back as it was", { exact: true })).toBeVisible();
  expect(platform.invalidRequests()).toEqual([]);
});
