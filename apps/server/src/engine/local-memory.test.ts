import { agentId, callId, groupId } from "@switchboard/routing/ids";
import type { CallFacts } from "@switchboard/routing/journal-event";
import { expect, test } from "vitest";
import type { Decided } from "../webhook/render-answer.ts";
import { createLocalMemory } from "./local-memory.ts";

const agent = agentId("agt_00000000000000000001");
const decided: Decided = {
  decision: {
    ...{ kind: "agent", link: 0, reason: "matched", fallback: null, agentId: agent, targetId: groupId("grp_00000000000000000001") },
    ...{ attempt: 1, timeoutSeconds: 20, timeLimitSeconds: 600 },
  },
  ...{ decidedAt: 1_000, targetStartedAt: 1_000, ruleId: null, degraded: true },
};
const facts: CallFacts = {
  ...{ session: "session", direction: "inbound", from: "anonymous", to: "+15550100001", sipCallIds: [], ruleId: null, receivedAt: 1_000 },
};

test("what this process decided itself holds its agent until the attempt ends; a test call is remembered and holds nobody", () => {
  const memory = createLocalMemory();
  const [real, tried] = [callId("cal_00000000000000000001"), callId("cal_00000000000000000002")];
  memory.keep({ callId: real, step: 1, facts }, decided, 1_000);
  memory.keep({ callId: tried, step: 1, facts: { ...facts, test: true } }, decided, 1_000);
  expect(memory.active(agent)).toBe(1);
  expect(memory.find({ callId: tried, step: 1 })).toEqual(decided);
  memory.release(tried);
  expect(memory.active(agent)).toBe(1);
  memory.release(real);
  expect(memory.active(agent)).toBe(0);
});
