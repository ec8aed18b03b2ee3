/** Pictures of every page, in both themes, at the width of a desk and of a telephone: `npm run screens`, to be looked at one by one. */
import { expect, type Page, test } from "playwright/test";
import { openDoor } from "./operators-door.ts";
import { type FirstRun, openCall, readFirstRun } from "./platform.ts";
import { pictures, settle, widths } from "./picture.ts";
import { signIn } from "./sign-in.ts";

type Screen = { name: string; path: string /** What is done before the picture is taken. */; act?: (page: Page) => Promise<void> };

const openFirstRow = async (page: Page) => {
  await page.locator("[data-call]").first().click();
};

const openByKey = async (page: Page, key: string) => {
  await page.keyboard.press(key);
  await expect(page.getByRole("dialog")).toBeVisible();
};

let firstRun: FirstRun;
test.beforeAll(async () => {
  firstRun = await readFirstRun(String(test.info().config.metadata["dataDir"]));
});

const numbers = ["+15550100001", "+15550100002", "+15550100003"];
const callers = ["+442079460018", "+351210000000", "+4930901820", "+33142685300", "+14155550123", "anonymous"];

/** A day's work in little: calls that were answered, failed over, failed and are still going on; an agent that is out; a rule that is in another's way. */
const fill = async (url: string) => {
  const door = await openDoor(url, firstRun.admin);
  const rule = (pattern: string, priority: number) =>
    door.ask("POST", "/inbound-rules", { pattern, priority, targetType: "agent_group", targetId: groupId });
  const { items } = await door.ask<{ items: { id: string }[] }>("GET", "/agent-groups");
  const groupId = items[0]?.id ?? "";
  await rule("+4420*", 10);
  await rule("+442079460018", 50);
  for (let number = 0; number < 60; number++) {
    const call = openCall(firstRun, { from: callers[number % callers.length] ?? "", to: numbers[number % numbers.length] ?? "" });
    await call.arrive();
    if (number % 7 === 0) await call.dialEnded("busy");
    if (number % 11 === 0) await call.dialEnded("failed");
    await call.update(number % 5 === 0 ? "ringing" : "connected");
    if (number % 3 === 0) continue;
    await call.dialEnded("completed");
    await call.cdr(number % 13 === 0 ? "NOANSWER" : "ANSWERED", 20 + number);
  }
  const { items: agents } = await door.ask<{ items: { id: string }[] }>("GET", "/voice-agents");
  await door.ask("POST", `/voice-agents/${agents[1]?.id}/eject`, {});
  const { items: calls } = await door.ask<{ items: { id: string }[] }>("GET", "/call-records?limit=20");
  return { agentId: agents[0]?.id ?? "", groupId, callId: calls[7]?.id ?? "" };
};

const screensOf = ({ agentId, groupId, callId }: Awaited<ReturnType<typeof fill>>): Screen[] => [
  { name: "dashboard", path: "/?range=hour" },
  { name: "live-calls", path: "/live" },
  { name: "live-call-open", path: "/live", act: openFirstRow },
  { name: "call-records", path: "/calls" },
  { name: "call-record", path: `/calls/${callId}` },
  { name: "analytics", path: "/analytics?range=hour" },
  { name: "inbound-rules", path: "/inbound-rules?from=%2B442079460018&to=%2B442079460018" },
  { name: "inbound-rule-new", path: "/inbound-rules?new=true" },
  { name: "outbound-rules", path: "/outbound-rules" },
  { name: "groups", path: "/groups" },
  { name: "group", path: `/groups/${groupId}` },
  { name: "group-new", path: "/groups/new" },
  { name: "agents", path: "/agents" },
  { name: "agent", path: `/agents/${agentId}` },
  { name: "agent-new", path: "/agents/new" },
  { name: "webhook-log", path: "/webhook-log" },
  { name: "audit", path: "/audit" },
  { name: "settings", path: "/settings" },
  { name: "settings-cloudonix", path: "/settings?tab=cloudonix" },
  { name: "settings-data", path: "/settings?tab=data" },
  { name: "settings-people", path: "/settings?tab=people" },
  { name: "settings-account", path: "/settings?tab=account" },
  { name: "first-run", path: "/start" },
  { name: "palette", path: "/live", act: (page) => openByKey(page, "Control+k") },
  { name: "keys", path: "/live", act: (page) => openByKey(page, "?") },
  { name: "unknown-page", path: "/nowhere" },
];

test("a picture of every page", async ({ page, baseURL }) => {
  test.setTimeout(600_000);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto("/");
  await pictures(page, "sign-in");
  const screens = screensOf(await fill(baseURL ?? ""));
  await signIn(page, firstRun.admin, "/");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Dashboard");
  for (const { name, path, act } of screens) {
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(path);
      // In the page, though a dialog may be over it.
      await expect(page.locator("h1")).toBeAttached();
      await settle(page);
      await act?.(page);
      await pictures(page, name, { fullPage: act === undefined });
    }
  }
});
