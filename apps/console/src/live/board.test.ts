import type { LiveCall } from "@switchboard/api/schemas/live-call";
import type { LiveEvent } from "@switchboard/api/schemas/live-event";
import { expect, test } from "vitest";
import { applyEvent, hasEnded } from "./board.ts";
import { liveCall } from "./live-call-fixture.ts";

const at = "2026-01-01T00:00:09.000Z";
const standing = (rank: number, source = 0, time = 0) => ({ rank, source, at: time, tie: 0 });
const startOf = (call: LiveCall): LiveEvent => {
  const { id, ...fields } = call;
  return { id: "1-0", at, type: "call.started", data: { callId: id, ...fields } };
};
const ringing: LiveEvent = {
  id: "2-0",
  at,
  type: "call.updated",
  data: { callId: "cal_1", state: "ringing", status: "ringing", standing: standing(2) },
};
const connected: LiveEvent = {
  id: "3-0",
  at,
  type: "call.updated",
  data: { callId: "cal_1", state: "connected", status: "in-progress", standing: standing(3), answeredAt: at },
};
const failover: LiveEvent = {
  id: "4-0",
  at,
  type: "call.updated",
  data: {
    callId: "cal_1",
    attempt: 2,
    agentId: "agt_2",
    agentName: "Bruno",
    state: "routing",
    status: "ringing",
    standing: standing(1),
    degraded: false,
  },
};
const ended: LiveEvent = {
  id: "5-0",
  at,
  type: "call.ended",
  data: { callId: "cal_1", state: "completed", status: "completed", standing: standing(4, 2, 9), endedAt: at },
};

const boardAfter = (events: LiveEvent[]) => {
  const board = new Map<string, LiveCall>();
  for (const event of events) applyEvent(board, event);
  return board.get("cal_1");
};

const permutations = <T>(items: T[]): T[][] =>
  items.length < 2
    ? [items]
    : items.flatMap((item, index) => permutations(items.filter((_, other) => other !== index)).map((rest) => [item, ...rest]));

test("whatever order events come in, and however often, the call ends the same", () => {
  const expected = boardAfter([startOf(liveCall()), ringing, failover, connected, ended]);
  for (const order of permutations([ringing, failover, connected, ended])) {
    expect(boardAfter([startOf(liveCall()), ...order, ...order, startOf(liveCall())])).toEqual(expected);
  }
  expect(expected).toMatchObject({ state: "completed", agentName: "Bruno", attempt: 2, answeredAt: at });
});

test("a late ringing reopens no call that has ended, and a failover while connected takes no state back", () => {
  const late = boardAfter([startOf(liveCall()), ended, ringing]);
  expect(late && hasEnded(late)).toBe(true);
  expect(boardAfter([startOf(liveCall()), connected, failover])).toMatchObject({ state: "connected", agentName: "Bruno" });
});

test("a word about a call that has left the board brings nothing back", () => {
  expect(boardAfter([ringing])).toBeUndefined();
  expect(boardAfter([ended])).toBeUndefined();
});

test("where the local path answered, the lost claim's choice is not shown", () => {
  const local: LiveEvent = {
    id: "2-0",
    at,
    type: "call.updated",
    data: { callId: "cal_1", attempt: 1, agentName: "Local", degraded: true },
  };
  const lost: LiveEvent = {
    id: "3-0",
    at,
    type: "call.updated",
    data: { callId: "cal_1", attempt: 1, agentName: "Lost", degraded: false },
  };
  expect(boardAfter([startOf(liveCall()), local, lost])).toMatchObject({ agentName: "Local", degraded: true });
});
