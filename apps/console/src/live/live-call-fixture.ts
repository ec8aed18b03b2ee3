/** A live call for tests, on its way to its first agent. */
import type { LiveCall } from "@switchboard/api/schemas/live-call";

export const liveCall = (more: Partial<LiveCall> = {}): LiveCall => ({
  id: "cal_1",
  session: "session-1",
  direction: "inbound",
  from: "+14155550123",
  to: "+18005550100",
  state: "routing",
  status: "ringing",
  standing: { rank: 1, source: 0, at: 0, tie: 0 },
  reason: "matched",
  ruleId: "rul_1",
  rulePattern: "+1800*",
  groupId: "grp_1",
  groupName: "Sales",
  agentId: "agt_1",
  agentName: "Ava",
  agentProvider: "vapi",
  handling: "agent",
  attempt: 1,
  startedAt: "2026-01-01T00:00:00.000Z",
  answeredAt: null,
  endedAt: null,
  degraded: false,
  test: false,
  ...more,
});
