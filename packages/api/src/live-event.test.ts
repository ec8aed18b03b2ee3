import type { Decision } from "@switchboard/routing/decision";
import { evidenceOfDialResult, evidenceOfSessionStatus, openEvidence, timeoutEvidence } from "@switchboard/routing/evidence";
import { agentId, callId, groupId, ruleId, tenantId } from "@switchboard/routing/ids";
import type { CallWas, JournalEvent } from "@switchboard/routing/journal-event";
import { watchedOf } from "@switchboard/routing/watched-event";
import { describe, expect, test } from "vitest";
import { type LiveNames, liveCallOf, liveEventOf } from "./live-event.ts";
import { liveCallSchema } from "./schemas/live-call.ts";

const names: LiveNames = {
  agent: (id) => (id === "agt_1" ? { name: "Ava", provider: "vapi" } : null),
  group: () => "Sales",
  rule: () => "+1800*",
};
const at = Date.parse("2026-01-02T03:04:05.678Z");
const common = { tenantId: tenantId("ten_1"), at };
const call = callId("cal_1");
const facts = {
  session: "s1",
  direction: "inbound" as const,
  from: "+14155550123",
  to: "+18005550100",
  sipCallIds: ["secret@sip"],
  ruleId: ruleId("rul_1"),
  receivedAt: at - 5,
};
const webhook = { kind: "voice" as const, receivedAt: at, fields: { Secret: "canary" } };
const toAgent: Decision = {
  link: 0,
  reason: "matched",
  fallback: null,
  kind: "agent",
  targetId: groupId("grp_1"),
  agentId: agentId("agt_1"),
  attempt: 1,
  timeoutSeconds: 20,
  timeLimitSeconds: 600,
};
const hangup: Decision = { link: 1, reason: "attempts_exhausted", fallback: null, kind: "hangup" };

const stepOf = (more: Partial<Extract<JournalEvent, { type: "step" }>> = {}): JournalEvent => ({
  ...common,
  type: "step",
  was: "unknown",
  callId: call,
  step: 1,
  facts,
  ended: null,
  decision: toAgent,
  evidence: null,
  degraded: false,
  webhook,
  ...more,
});
const reportOf = (
  more: Partial<Extract<JournalEvent, { type: "report" }>["report"]>,
  of: Partial<Extract<JournalEvent, { type: "report" }>> = {},
): JournalEvent => ({
  ...common,
  type: "report",
  was: "unknown",
  callId: call,
  sipCallIds: [],
  facts: null,
  webhook,
  report: {
    source: "session_update",
    word: "x",
    evidence: null,
    dedupe: "d",
    occurredAt: at,
    answeredAt: null,
    endedAt: null,
    billSeconds: null,
    ...more,
  },
  ...of,
});
const tell = (journaled: JournalEvent, was: CallWas = "unknown") => {
  const entry = watchedOf({ id: "5-0", event: "was" in journaled ? { ...journaled, was } : journaled });
  return entry && liveEventOf(entry, names);
};
const ended = (result: "busy" | "completed") => ({ step: 1, targetId: groupId("grp_1"), agentId: agentId("agt_1"), trunk: null, result });

describe("what is told of a call", () => {
  test("its first step is a start with all the facts, under the journal's own id", () => {
    const event = tell(stepOf());
    expect(event).toMatchObject({ id: "5-0", at: "2026-01-02T03:04:05.678Z", type: "call.started" });
    const { callId: id, ...fields } = (event as { data: { callId: string } }).data;
    const shown = liveCallSchema.parse({ id, ...fields });
    expect(shown).toMatchObject({
      id: "cal_1",
      state: "routing",
      status: "ringing",
      attempt: 1,
      agentName: "Ava",
      agentProvider: "vapi",
      groupName: "Sales",
      rulePattern: "+1800*",
    });
  });

  test("nothing leaves that isn't named: no SIP ids, no webhook fields", () => {
    for (const event of [stepOf(), stepOf({ step: 2 }), reportOf({ evidence: openEvidence("ringing") })]) {
      expect(JSON.stringify(tell(event))).not.toMatch(/canary|secret/);
    }
  });

  test("a failover is an update with the next agent and the next step", () => {
    const event = tell(stepOf({ step: 2, ended: ended("busy") }), "open");
    expect(event).toMatchObject({ type: "call.updated", data: { callId: "cal_1", attempt: 2, agentId: "agt_1", state: "routing" } });
  });

  test("when nobody is left, the end says why", () => {
    const event = tell(stepOf({ step: 2, ended: ended("busy"), decision: hangup, evidence: evidenceOfDialResult("busy", at) }), "open");
    expect(event).toMatchObject({
      type: "call.ended",
      data: { state: "busy", status: "busy", reason: "attempts_exhausted", handling: "hangup", agentId: null },
    });
  });

  test("after a talk, who talked stays", () => {
    const event = tell(
      stepOf({ step: 2, ended: ended("completed"), decision: hangup, evidence: evidenceOfDialResult("completed", at) }),
      "open",
    );
    expect(event).toMatchObject({ type: "call.ended", data: { state: "completed" } });
    expect(event?.data).not.toHaveProperty("agentId");
    expect(event?.data).not.toHaveProperty("attempt");
  });

  test("a call ends once: a better word about the end is an update", () => {
    const final = reportOf({ evidence: evidenceOfSessionStatus("cancel", null, at) });
    expect(tell(final, "open")?.type).toBe("call.ended");
    expect(tell(final, "over")?.type).toBe("call.updated");
  });

  test("a timeout is completed for who was connected, no answer for who was not", () => {
    const event: JournalEvent = { ...common, type: "timeout", was: "open", callId: call, step: 1, evidence: timeoutEvidence(at) };
    expect(tell(event, "talking")).toMatchObject({
      type: "call.ended",
      data: { state: "timeout", status: "completed" },
    });
    expect(tell(event, "open")).toMatchObject({ data: { status: "no-answer" } });
  });

  test("a call first heard of through an update is a start, and its first step then an update with the rule", () => {
    const first = tell(reportOf({ evidence: openEvidence("ringing") }, { facts }));
    expect(first).toMatchObject({ type: "call.started", data: { state: "ringing", attempt: 0, agentId: null } });
    expect(tell(stepOf(), "open")).toMatchObject({ type: "call.updated", data: { rulePattern: "+1800*", attempt: 1 } });
  });

  test("words for the timeline only, leases and taken-back claims are no news", () => {
    const lease = { ...common, callId: call, step: 1, agentId: agentId("agt_1") };
    expect(tell(reportOf({}))).toBeNull();
    expect(tell(reportOf({ evidence: openEvidence("ringing") }, { callId: null }))).toBeNull();
    expect(tell({ ...lease, type: "superseded" })).toBeNull();
    expect(tell({ ...lease, type: "lease_retaken" })).toBeNull();
  });

  test("an agent that an operator switched, and a rule that was changed, are told as such", () => {
    const [switched, rule] = [agentId("agt_1"), ruleId("rul_1")];
    const status = { agentId: switched, from: "enabled", to: "disabled", cause: "disabled by an operator" };
    expect(tell({ ...common, type: "agent_switched", agentId: switched, enabled: false })).toMatchObject({
      type: "agent.status_changed",
      data: status,
    });
    const change = { ruleId: rule, kind: "inbound", change: "deleted", version: 3 } as const;
    expect(tell({ ...common, type: "rule_changed", ...change })).toMatchObject({ type: "routing_rule.updated", data: change });
  });

  test("an agent's health is told with its cause", () => {
    const event: JournalEvent = {
      ...common,
      type: "agent_health",
      agentId: agentId("agt_1"),
      from: "healthy",
      to: "ejected",
      cause: "5 failures",
    };
    expect(tell(event)).toMatchObject({
      type: "agent.status_changed",
      data: { agentId: "agt_1", from: "healthy", to: "ejected", cause: "5 failures" },
    });
  });
});

test("the snapshot shows a call as its events do", () => {
  const remembered = {
    callId: call,
    facts,
    evidence: openEvidence("routing"),
    step: 1,
    decision: toAgent,
    answeredAt: null,
    degraded: false,
  };
  const { id, ...fields } = liveCallOf(remembered, names);
  expect(tell(stepOf())?.data).toEqual({ callId: id, ...fields });
});
