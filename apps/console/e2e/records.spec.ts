/** Call records as an operator works with them: found, narrowed down, opened, explained, and followed while the call goes on. */
import { expect, type Page, test } from "playwright/test";
import { insertCalls } from "../../../tests/many-calls.ts";
import { expectAccessible } from "./axe.ts";
import { failOnce } from "./editing.ts";
import { openDoor } from "./operators-door.ts";
import { type FirstRun, openCall, ownDataDir, readFirstRun } from "./platform.ts";
import { signIn } from "./sign-in.ts";

/** Answered by the demo's group with priorities: the first choice, then the others. */
const prioritised = "+15550100002";

let firstRun: FirstRun;
let dataDir: string;
test.beforeAll(async () => {
  const everyDataDir = String(test.info().config.metadata["dataDir"]);
  dataDir = ownDataDir(everyDataDir);
  firstRun = await readFirstRun(everyDataDir);
});

/** A caller of this test alone, as machines and as people write it. */
const newCaller = () => {
  const digits = String(Math.floor(Math.random() * 10_000)).padStart(4, "0");
  return { number: `+44207946${digits}`, text: `+44 20 7946 ${digits}`, national: `0044 (20) 7946-${digits}` };
};

const table = (page: Page) => page.getByRole("table", { name: "Call records" });
const rowsOf = (page: Page, caller: { text: string }) => table(page).getByRole("row").filter({ hasText: caller.text });
const search = (page: Page) => page.getByRole("searchbox", { name: "Number, agent, call or session" });

/** The record follows the call within two seconds. */
const recorded = async (url: string | undefined, session: string) => {
  await using operator = await openDoor(url ?? "", firstRun.admin);
  const found = () => operator.ask<{ items: { endedAt: string | null }[] }>("GET", `/call-records?search=${session}`);
  await expect.poll(async () => (await found()).items[0]?.endedAt ?? null).not.toBeNull();
};

/** One that failed over to the second agent and was answered there, written down. */
const playFailover = async (url: string | undefined, from: string) => {
  const call = openCall(firstRun, { from, to: prioritised });
  await call.arrive();
  await call.update("ringing");
  await call.dialEnded("busy");
  await call.update("connected");
  await call.dialEnded("completed");
  await call.cdr("ANSWERED", 7);
  await recorded(url, call.session);
  return call;
};

test("a call is found by its number in any writing, opened, told in sentences, and back keeps what was searched for", async ({
  page,
  baseURL,
}) => {
  const caller = newCaller();
  const call = await playFailover(baseURL, caller.number);
  await signIn(page, firstRun.admin, "/calls");
  await expect(table(page)).toBeVisible();
  for (const text of [caller.national, caller.number.slice(1), call.session]) {
    await search(page).fill(text);
    await expect.poll(() => new URL(page.url()).searchParams.get("q")).toBe(text);
    await expect(rowsOf(page, caller)).toHaveCount(1);
    await expect(table(page).getByRole("row")).toHaveCount(2);
  }
  const narrowed = page.waitForResponse((answer) => answer.url().includes("callRecords.list") && answer.url().includes("completed"));
  await page.getByLabel("Status").selectOption("Completed");
  await narrowed;
  await expect(page).toHaveURL(/q=.*status=completed/);
  await expect(rowsOf(page, caller)).toContainText("The rule's target took it");
  await expect(page.getByRole("status", { name: "How many" })).toHaveText("1 call");

  await rowsOf(page, caller).getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${caller.text} → +1 555 010 0002`);
  await expect(
    page.getByText(
      /gave the call to the group First choice first\. Sales \(Retell\) was busy( after \d+ s| at once), then .+ \(Vapi\) answered( after \d+ s| at once)?\. The talk lasted 7 s\./,
    ),
  ).toBeVisible();
  const dials = page.getByRole("region", { name: "Who was dialled" }).getByRole("listitem");
  await expect(dials).toHaveCount(2);
  await expect(dials.first()).toContainText("Busy");
  await expect(dials.last()).toContainText("Answered");
  await expect(page.getByRole("region", { name: "What happened" })).toContainText("Billing record: answered");
  const met = page.getByRole("region", { name: "What it met" });
  await expect(met).toContainText(/Decided by configuration version \d+/);
  const facts = page.getByRole("complementary", { name: "Facts" });
  await expect(facts.getByRole("link", { name: "First choice first" })).toHaveAttribute("href", /^\/groups\/grp_/);
  const sent = page.getByRole("region", { name: "What Cloudonix sent" });
  await sent.getByText("Voice request").click();
  await expect(sent.getByText(caller.number).first()).toBeVisible();

  await page.goBack();
  await expect(search(page)).toHaveValue(call.session);
  await expect(page.getByLabel("Status")).toHaveValue("completed");
  await expect(rowsOf(page, caller)).toBeVisible();
});

test("the last digits find a call, and its address shows the same to somebody else in another browser", async ({
  page,
  browser,
  baseURL,
}) => {
  await using operator = await openDoor(baseURL ?? "", firstRun.admin);
  const caller = newCaller();
  await playFailover(baseURL, caller.number);
  await signIn(page, firstRun.admin, "/calls");
  await search(page).fill(`…${caller.number.slice(-6)}`);
  await expect(rowsOf(page, caller)).toHaveCount(1);
  await page.getByRole("button", { name: /More filters/ }).click();
  await page.getByLabel("What became of it").selectOption("Failed over");
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/outcome=failed_over/);
  const other = await (await browser.newContext()).newPage();
  await signIn(other, await operator.person("admin"), page.url().slice(new URL(page.url()).origin.length));
  await expect(rowsOf(other, caller)).toHaveCount(1);
  await expect(search(other)).toHaveValue(`…${caller.number.slice(-6)}`);
  await expect(other.getByRole("list", { name: "Filters that are set" })).toContainText("Failed over");
  await rowsOf(other, caller).getByRole("link").click();
  await expect(other.getByRole("region", { name: "What it met" })).toContainText("configuration version");
  expect(other.url()).toContain("/calls/cal_");
  await other.context().close();
});

test("a call nobody could take says why and what to do; its rule and the simulator are one click away", async ({ page, baseURL }) => {
  await using operator = await openDoor(baseURL ?? "", firstRun.admin);
  const group = await operator.group(`Nobody ${crypto.randomUUID().slice(0, 8)}`, []);
  const dialled = `+1555019${String(Math.floor(Math.random() * 10_000)).padStart(4, "0")}`;
  const rule = await operator.rule({ pattern: dialled, targetType: "agent_group", targetId: group.id });
  const caller = newCaller();
  const call = openCall(firstRun, { from: caller.number, to: dialled });
  await expect.poll(() => call.arrive()).toContain("<Hangup");
  await call.cdr("FAILED", 0);
  await recorded(baseURL, call.session);

  await signIn(page, firstRun.admin, `/calls?rule=${rule.id}&reason=no_members`);
  await expect(page.getByRole("list", { name: "Filters that are set" })).toContainText(dialled);
  await expect(rowsOf(page, caller)).toContainText("The group is empty");
  await rowsOf(page, caller).getByRole("link").click();
  await expect(page.getByText("Add agents to the group, or point the rule somewhere else.")).toBeVisible();
  await expect(page.getByText("Nobody was dialled.").first()).toBeVisible();
  const facts = page.getByRole("complementary", { name: "Facts" });
  await expect(facts.getByRole("link", { name: dialled })).toHaveAttribute("href", `/inbound-rules?rule=${rule.id}`);

  await page.getByRole("link", { name: "Simulate this call now" }).click();
  await expect(page).toHaveURL(`/inbound-rules?from=${encodeURIComponent(caller.number)}&to=${encodeURIComponent(dialled)}`);
});

test("a list that is open says that calls came since, and a call that is open follows what happens to it", async ({ page }) => {
  const caller = newCaller();
  await signIn(page, firstRun.admin, "/calls?range=hour");
  await expect(page.getByRole("heading", { name: "Call records" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Calls" })).toBeVisible();
  const call = openCall(firstRun, { from: caller.number, to: prioritised });
  await call.arrive();
  await page.getByRole("button", { name: "Calls came in since · show" }).click();
  const row = rowsOf(page, caller);
  await expect(row).toBeVisible();
  await call.update("ringing");
  await expect(row).toContainText("Ringing");

  await row.getByRole("link").click();
  await expect(page.getByText("is being dialled.")).toBeVisible();
  await call.update("connected");
  await expect(page.getByText("They are talking.")).toBeVisible();
  await call.dialEnded("completed");
  await call.cdr("ANSWERED", 3);
  await expect(page.getByText("The talk lasted 3 s.")).toBeVisible();
  await page.getByRole("link", { name: "Call records" }).first().click();
  await page.goto(`/calls?q=${encodeURIComponent(caller.number)}`);
  await expect(rowsOf(page, caller)).toContainText("Completed");
});

test("an unknown call, nothing found and a server that fails are told apart, each with the way on", async ({ page }) => {
  await signIn(page, firstRun.admin, "/calls/cal_nobodyknowsthisone");
  await expect(page.getByRole("heading", { name: "There is no such call" })).toBeVisible();
  await page.getByRole("link", { name: "Go to the call records" }).click();

  await search(page).fill("nobody of that name");
  await expect(page.getByText("Nothing matches these filters")).toBeVisible();
  await page.getByRole("button", { name: "Clear them" }).click();
  await expect(page).toHaveURL("/calls");
  await expect(search(page)).toHaveValue("");

  await failOnce(page, "callRecords.list");
  await page.getByLabel("Status").selectOption("Busy");
  await expect(page.getByRole("alert")).toContainText("req_test");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("alert")).toBeHidden();
});

test("each person chooses columns of their own, which stay, and gets back those that were there", async ({ page, baseURL }) => {
  await playFailover(baseURL, newCaller().number);
  await signIn(page, firstRun.admin, "/calls");
  const heads = table(page).getByRole("columnheader");
  await expect(heads.filter({ hasText: "Group" })).toHaveCount(0);
  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByRole("menuitemcheckbox", { name: "Group" }).click();
  await page.getByRole("menuitemcheckbox", { name: "Ringing" }).click();
  await page.keyboard.press("Escape");
  await page.reload();
  await expect(heads.filter({ hasText: "Group" })).toHaveCount(1);
  await expect(heads.filter({ hasText: "Ringing" })).toHaveCount(0);
  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByRole("menuitem", { name: "As they came" }).click();
  await expect(heads.filter({ hasText: "Ringing" })).toHaveCount(1);
});

test("the role user finds calls and sees them with numbers masked", async ({ page, baseURL }) => {
  await using operator = await openDoor(baseURL ?? "", firstRun.admin);
  const caller = newCaller();
  const call = await playFailover(baseURL, caller.number);
  await signIn(page, await operator.person("user"), `/calls?q=${call.session}`);
  await table(page).getByRole("row").getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("•••");
  await page.getByRole("region", { name: "What Cloudonix sent" }).getByText("Voice request").click();
  await expect(page.getByText("What was sent").first()).toBeVisible();
  expect(await page.content()).not.toContain(caller.number);
});

test("ten thousand calls are scrolled through to the last without a freeze, and back comes to where one was", async ({ page }) => {
  // Fifty pages are fetched one after the other.
  test.setTimeout(150_000);
  const prefix = "+9990";
  await using calls = await insertCalls(dataDir, { domain: firstRun.domain, count: 10_000, prefix });
  await page.addInitScript(() => {
    const tasks: number[] = [];
    Object.assign(window, { tasks });
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: "longtask" });
  });
  await signIn(page, firstRun.admin, `/calls?q=${encodeURIComponent(prefix)}`);
  await expect(table(page).getByText(calls.numberOf(1))).toBeVisible();
  await page.evaluate(() => {
    (window as unknown as { tasks: number[] }).tasks.length = 0;
  });
  const last = table(page).getByText(calls.numberOf(10_000));
  await expect
    .poll(
      async () => {
        await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
        return await last.isVisible();
      },
      { timeout: 100_000, intervals: [20] },
    )
    .toBe(true);
  const longest = await page.evaluate(() => Math.max(0, ...(window as unknown as { tasks: number[] }).tasks));
  process.stdout.write(`10,000 calls scrolled through: longest task ${Math.round(longest)} ms\n`);
  expect(longest).toBeLessThan(1_000);
  expect(await table(page).getByRole("row").count()).toBeLessThan(100);

  await table(page)
    .getByRole("row")
    .filter({ hasText: calls.numberOf(10_000) })
    .getByRole("link")
    .click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(calls.numberOf(10_000));
  await page.goBack();
  await expect(last).toBeVisible();
});

test("nothing on the list and its filters is out of reach for anybody, in both themes and at 360 px", async ({ page, baseURL }) => {
  const caller = newCaller();
  await playFailover(baseURL, caller.number);
  await signIn(page, firstRun.admin, `/calls?q=${encodeURIComponent(caller.number)}&test=false`);
  await expect(rowsOf(page, caller)).toBeVisible();
  await page.getByRole("button", { name: /More filters/ }).click();
  await expect(page.getByLabel("Reason")).toBeVisible();
  await expectAccessible(page);
});

test("nothing on a call's page is out of reach for anybody, in both themes and at 360 px", async ({ page, baseURL }) => {
  const caller = newCaller();
  const call = await playFailover(baseURL, caller.number);
  await signIn(page, firstRun.admin, `/calls?q=${call.session}`);
  await rowsOf(page, caller).getByRole("link").click();
  await page.getByRole("region", { name: "What Cloudonix sent" }).getByText("Voice request").click();
  await expectAccessible(page);
});
