/** What the platform says twice, late, in the wrong order or never: each call ends as it did, and no lease is left. */
import { randomBytes } from "node:crypto";
import { rowsOf } from "@switchboard/control/sql";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type FaultWorld, openFaultWorld, tell } from "./fault-world.ts";
import { sweepHoursLater } from "./later-sweep.ts";
import { dialOf, openPlatform, type Platform } from "./platform.ts";
import { startCalls } from "./played-calls.ts";
import { expectFigures, expectNoFaults, expectRemembered, readFigures, readRemembered, untilRecorded } from "./remembered.ts";

let world: FaultWorld;
let platform: Platform;
beforeAll(async () => {
  world = await openFaultWorld({ ownMariadb: false });
  platform = openPlatform(world.server.url, world.tenant);
});
afterAll(async () => {
  await platform.close();
  await world.stop();
});

const newSession = () => randomBytes(16).toString("hex");
const recordOf = async (session: string) => (await readRemembered(world)).calls.get(session);
const timelineOf = async (session: string) =>
  (
    await rowsOf<{ type: string; detail: string }>(
      world.database.backgroundPool,
      "SELECT e.type, e.detail FROM call_events e JOIN call_records c ON c.tenant_id = e.tenant_id AND c.id = e.call_id WHERE c.session = ? ORDER BY e.at",
      [session],
    )
  ).map(({ type, detail }) => [type, JSON.parse(detail).word ?? null]);

test("a call can be read in MySQL soon after each of its events", async () => {
  const session = newSession();
  expect((await platform.ring(session))?.status).toBe(200);
  await vi.waitFor(async () => expect(await recordOf(session)).toMatchObject({ status: "ringing" }), { timeout: 20_000, interval: 20 });
  await platform.cdr({ session: { token: session }, disposition: "CANCEL", billsec: 0, timestamp: Date.now() / 1_000 });
  await vi.waitFor(async () => expect(await recordOf(session)).toMatchObject({ status: "canceled" }), { timeout: 20_000, interval: 20 });
});

test("a late word never reopens a call, and what is said twice is one line of its story", async () => {
  const session = newSession();
  const ring = await platform.ring(session);
  if (!ring) throw new Error("no answer");
  const ringing = { status: "ringing", modifiedAt: new Date().toISOString(), eventId: newSession() };
  const nameless = { status: "connected", modifiedAt: new Date().toISOString() };
  const cdr = { session: { token: session }, disposition: "ANSWER", billsec: 7, timestamp: Date.now() / 1_000 };
  await platform.dialResult(session, dialOf(ring).action ?? "", "completed");
  for (let times = 0; times < 3; times++) {
    expect((await platform.cdr(cdr))?.status).toBe(204);
    expect((await platform.update(session, nameless))?.status).toBe(204);
    expect((await platform.update(session, ringing))?.status).toBe(204);
  }
  await untilRecorded(world);
  expect(await recordOf(session)).toMatchObject({ status: "completed", state: "completed" });
  const said = (await timelineOf(session)).map((line) => line.join(" ")).sort();
  expect(said).toEqual(["cdr ANSWER", "session_update connected", "session_update ringing", "step ", "step "]);
  await expectFigures(world);
});

test("an update for a call that nobody knows creates it, without a lease", async () => {
  const session = newSession();
  expect((await platform.update(session, { status: "connected", callerId: "+14155550123", destination: "+15550100001" }))?.status).toBe(
    204,
  );
  await untilRecorded(world);
  expect(await recordOf(session)).toMatchObject({ status: "in-progress", attempts: new Map() });
  await expectFigures(world);
  await platform.cdr({ session: { token: session }, disposition: "ANSWER", billsec: 1, timestamp: Date.now() / 1_000 });
});

test("a CDR without a session finds its call by the call_id, whichever comes first; one without a call is kept", async () => {
  const [early, late, stray] = [newSession(), newSession(), newSession()];
  const cdrOf = (id: string) => ({ call_id: `${id}@sip`, disposition: "BUSY", billsec: 0, timestamp: Date.now() / 1_000 });
  const ringWithId = (session: string) => platform.ring(session, { SessionData: { token: session, callIds: [`${session}@sip`] } });
  await ringWithId(early);
  expect((await platform.cdr(cdrOf(early)))?.status).toBe(204);
  expect((await platform.cdr(cdrOf(late)))?.status).toBe(204);
  await untilRecorded(world);
  await ringWithId(late);
  expect((await platform.cdr(cdrOf(stray)))?.status).toBe(204);
  await untilRecorded(world);
  expect(await recordOf(early)).toMatchObject({ status: "busy" });
  expect(await recordOf(late)).toMatchObject({ status: "busy" });
  const kept = await rowsOf<{ id: string }>(world.database.backgroundPool, "SELECT sip_call_id AS id FROM unmatched_cdrs");
  expect(kept).toEqual([{ id: `${stray}@sip` }]);
  // Nothing tells Redis of a call whose CDR was there before it: the sweep frees that lease.
  expect((await readFigures(world)).live.map(({ facts }) => facts.session)).toEqual([late]);
});

test("ends that never come, repeats and shuffles: final states are exact, and the sweep frees what is left", async () => {
  const before = (await readRemembered(world)).calls.size;
  const seed = randomBytes(4).toString("hex");
  const disorder = { lostEnds: 0.05, repeatedReports: 0.3, shuffledReports: 0.3 };
  const { history, finished } = startCalls({ platforms: [platform], seed, calls: 400, ratePerSecond: 100, repeats: 0.3, disorder });
  await finished;
  const lost = history.calls.filter((call) => call.lost);
  tell(`disorder, seed ${seed}: ${lost.length} of ${history.calls.length} ends lost, slowest answer ${Math.round(history.slowestMs)} ms`);
  expect(history.wrong).toEqual([]);
  expect(lost.length).toBeGreaterThan(0);
  await untilRecorded(world);
  await expectRemembered(world, history.calls, { alsoThere: before });
  // One is left of the test before.
  await expectFigures(world, lost.length + 1);

  expect(await sweepHoursLater(world)).toBeGreaterThanOrEqual(lost.length);
  await untilRecorded(world);
  const { calls } = await readRemembered(world);
  for (const { session } of lost) expect(calls.get(session)).toMatchObject({ status: "completed", state: "timeout" });
  await expectRemembered(
    world,
    history.calls.filter((call) => !call.lost),
    { alsoThere: before + lost.length },
  );
  await expectFigures(world);
  expectNoFaults(world);
});
