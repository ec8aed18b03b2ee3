/** The webhook log: what arrived, what was answered, how fast; found, opened, copied. */
import { expect, type Page, test } from "playwright/test";
import { expectAccessible } from "./axe.ts";
import { openDoor } from "./operators-door.ts";
import { type FirstRun, openCall, readFirstRun } from "./platform.ts";
import { signIn } from "./sign-in.ts";

let firstRun: FirstRun;
test.beforeAll(async () => {
  firstRun = await readFirstRun(String(test.info().config.metadata["dataDir"]));
});

const from = "+4930901820";
const log = (page: Page) => page.getByRole("table", { name: "Webhook log" });
const bodyRows = (page: Page) => log(page).getByRole("rowgroup").getByRole("row");
const panel = (page: Page) => page.getByRole("complementary", { name: "What arrived" });

const play = async () => {
  const call = openCall(firstRun, { from, to: "+15550100002" });
  await call.arrive();
  await call.update("ringing");
  await call.dialEnded("completed");
  await call.cdr("ANSWERED", 2);
  return call;
};

/** The log follows the door within two seconds; the page reads when it is asked to. */
const lookUntil = async (page: Page, count: number) => {
  await expect
    .poll(async () => {
      await page.getByRole("button", { name: "Look again" }).click();
      return await bodyRows(page).count();
    })
    .toBe(count);
};

test("every request of a call is there with its answer, narrowed down by kind, and opens with what was sent and the way to the call", async ({
  page,
}) => {
  const call = await play();
  await signIn(page, firstRun.admin, `/webhook-log?q=${call.session}`);
  await lookUntil(page, 4);
  for (const [kind, answer] of [
    ["Voice request", "Dialled an agent"],
    ["Session update", "Taken"],
    ["Dial result", "Hung up"],
    ["CDR", "Taken"],
  ] as const) {
    const row = bodyRows(page).filter({ hasText: kind });
    await expect(row).toContainText(answer);
    await expect(row).toContainText(/\d ms/);
  }
  await page.getByRole("combobox", { name: "What arrived" }).selectOption("Voice request");
  await expect(bodyRows(page)).toHaveCount(1);
  await bodyRows(page).getByRole("link").first().click();
  await expect(panel(page)).toContainText(from);
  await expect(panel(page)).toContainText("Dialled an agent · 200");
  await expect(page).toHaveURL(/kind=voice.*event=whk_/);
  await page.keyboard.press("Escape");
  await expect(panel(page)).toBeHidden();
  await bodyRows(page).getByRole("link").first().click();
  await panel(page).getByRole("link", { name: /^cal_/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("+49 30 901820");
});

test("what was refused is told apart, with why", async ({ page }) => {
  const call = openCall({ ...firstRun, domain: "somebody-else.example" }, { from, to: "+15550100002" });
  await expect(call.arrive()).rejects.toThrow("403");
  await signIn(page, firstRun.admin, "/webhook-log?refused=true&range=hour");
  const refused = bodyRows(page).filter({ hasText: "Refused: the domain is not one of this tenant's" });
  await expect
    .poll(async () => {
      await page.getByRole("button", { name: "Look again" }).click();
      return await refused.count();
    })
    .toBeGreaterThan(0);
  await refused.first().getByRole("link").first().click();
  await expect(panel(page)).toContainText("nothing it said is kept");
  await page.getByRole("combobox", { name: "Taken or refused" }).selectOption("Taken");
  await expect(refused).toHaveCount(0);
  await page.getByRole("searchbox").fill("no such session");
  await expect(page.getByText("Nothing matches these filters")).toBeVisible();
});

test("the role user reads the log with numbers masked", async ({ page, baseURL }) => {
  await using operator = await openDoor(baseURL ?? "", firstRun.admin);
  const call = await play();
  await signIn(page, await operator.person("user"), `/webhook-log?q=${call.session}&kind=voice`);
  await lookUntil(page, 1);
  await bodyRows(page).getByRole("link").first().click();
  await expect(panel(page)).toContainText("•••1820");
  expect(await page.content()).not.toContain(from.slice(1));
});

test("nothing in the log is out of reach for anybody, in both themes and at 360 px", async ({ page }) => {
  const call = await play();
  await signIn(page, firstRun.admin, `/webhook-log?q=${call.session}`);
  await lookUntil(page, 4);
  await expectAccessible(page);
  await bodyRows(page).getByRole("link").first().click();
  await expect(panel(page)).toBeVisible();
  await expectAccessible(page);
});
