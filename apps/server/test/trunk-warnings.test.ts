/** Outbound rules whose trunks the platform does not have, or not for calls out: told by every answer about the rule, and waited for by none. */
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { openPlatformWithoutCalls } from "./platform-without-calls.ts";
import { openRest, type Rest } from "./rest.ts";
import { startTestServer } from "./test-server.ts";

const platform = await openPlatformWithoutCalls();

const open = () =>
  startTestServer(async ({ newTenant }) => ({ own: await newTenant(), other: await newTenant() }), {
    environment: { CLOUDONIX_API_URL: platform.url },
  });
let server: Awaited<ReturnType<typeof open>>;
let base: string;
beforeAll(async () => {
  server = await open();
  base = await server.app.listen({ host: "127.0.0.1", port: 0 });
});
afterAll(async () => {
  await server.stop();
  await platform[Symbol.asyncDispose]();
});

const signedIn = async (whose: "own" | "other"): Promise<Rest> => {
  const { email, password } = server.configured[whose];
  const { body } = await openRest(base, null)("POST", "/auth/login", { email, password });
  return openRest(base, String(body["accessToken"]));
};
type Warned = { id: string; warnings: { code: string; message: string }[] };
const warningsOf = async (ask: Rest, id: string) => ((await ask("GET", `/outbound-rules/${id}`)).body as unknown as Warned).warnings;
const createRule = async (ask: Rest, trunks: string[]) => {
  const { status, body } = await ask("POST", "/outbound-rules", { prefix: "+44", trunkConfig: { trunks } });
  expect(status).toBe(201);
  return body as unknown as Warned;
};

test("a trunk that vanished, is switched off or takes calls in only is named on the rule; the rule is saved all the same", async () => {
  const ask = await signedIn("own");
  const there = platform.platform.add({ domain: server.configured.own.domain, trunks: ["carrier-a", "asleep", "way-in"] });
  const [, asleep, wayIn] = there.trunks;
  if (asleep === undefined || wayIn === undefined) throw new Error("no trunks");
  [asleep.active, wayIn.direction] = [false, "public-inbound"];
  await ask("PUT", "/tenant", { version: 1, cloudonixKey: there.key });
  expect(await ask("GET", "/trunks")).toMatchObject({ status: 200, body: { failure: null } });

  const { id, warnings } = await createRule(ask, ["carrier-a", "asleep", "gone", "way-in", "Carrier-A"]);
  expect(warnings).toEqual([
    { code: "unknown_trunk", message: "Cloudonix knows no trunk “gone” or “Carrier-A”: no call can leave over it." },
    { code: "unusable_trunk", message: "Cloudonix has “asleep” switched off: no call can leave over it." },
    { code: "unusable_trunk", message: "At Cloudonix “way-in” takes calls in only: none can leave over it." },
  ]);
  expect(await warningsOf(ask, id)).toEqual(warnings);
  const changed = await ask("PUT", `/outbound-rules/${id}`, { version: 1, trunkConfig: { trunks: ["carrier-a"] } });
  expect(changed.body["warnings"]).toEqual([]);
});

test("nothing is said of trunks that Cloudonix never told, and nobody waits for it while it hangs", async () => {
  const ask = await signedIn("other");
  const { id, warnings } = await createRule(ask, ["anything"]);
  expect(warnings).toEqual([]);
  const there = platform.platform.add({ domain: server.configured.other.domain });
  platform.misbehave({ kind: "hang" }, { times: 1, operation: "listTrunks" });
  await ask("PUT", "/tenant", { version: 1, cloudonixKey: there.key });
  const hanging = ask("GET", "/trunks");
  const began = performance.now();
  expect(await warningsOf(ask, id)).toEqual([]);
  expect(performance.now() - began).toBeLessThan(1_000);
  expect((await hanging).body).toMatchObject({ items: [], failure: expect.stringMatching(/./) });
  await vi.waitFor(async () => expect(await warningsOf(ask, id)).toMatchObject([{ code: "unknown_trunk" }]), {
    timeout: 60_000,
    interval: 500,
  });
});
