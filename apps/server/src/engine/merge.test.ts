import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AdvanceRequest } from "@switchboard/execution/advance";
import { callId, tenantId } from "@switchboard/routing/ids";
import { pino } from "pino";
import { expect, test } from "vitest";
import { createLocalJournal } from "./local-journal.ts";
import { parseLocalLine } from "./local-line.ts";
import { createLocalMemory } from "./local-memory.ts";
import { createMerge } from "./merge.ts";

const report = (session: string): AdvanceRequest => ({
  tenantId: tenantId("ten_00000000000000000001"),
  callId: callId(`cal_${session.padStart(20, "0")}`),
  facts: { session, direction: "inbound", from: "a", to: "b", sipCallIds: [], ruleId: null, receivedAt: 1 },
  report: {
    source: "cdr",
    word: "ANSWER",
    evidence: null,
    dedupe: session,
    occurredAt: 1,
    answeredAt: null,
    endedAt: null,
    billSeconds: null,
  },
  webhook: { kind: "cdr", receivedAt: 1, fields: {} },
});

const replyError = (message: string) => Object.assign(new Error(message), { name: "ReplyError" });

/** Two lines wait; Redis says `answer` to the first of them. */
const open = (answer: Error | null) => {
  const dir = mkdtempSync(join(tmpdir(), "merge-"));
  const journal = createLocalJournal(dir, parseLocalLine);
  journal.append({ kind: "report", accepted: report("1") });
  journal.append({ kind: "report", accepted: report("2") });
  const sent: string[] = [];
  const redis = { answer };
  const advance = async ({ facts }: AdvanceRequest) => {
    if (facts.session === "1" && redis.answer) throw redis.answer;
    sent.push(facts.session);
    return { kind: "applied" };
  };
  const adopt = async () => ({ kind: "adopted" });
  const merge = createMerge({ journal, memory: createLocalMemory(), adopt, advance, logger: pino({ level: "silent" }) });
  return { dir, journal, redis, sent, merge };
};

test("a line that Redis refuses for its own sake is set aside, and the others get in", async () => {
  const { dir, journal, sent, merge } = open(replyError("ERR user_script:7: attempt to index a nil value"));
  await merge();
  expect(sent).toEqual(["2"]);
  expect(readdirSync(dir)).toEqual(["refused.ndjson"]);
  expect(journal.pending()).toBe(false);
});

test("a Redis that can't write now, or doesn't answer, costs no line", async () => {
  for (const error of [replyError("OOM command not allowed when used memory > 'maxmemory'."), new Error("Command timed out")]) {
    const { dir, journal, redis, sent, merge } = open(error);
    await expect(merge()).rejects.toThrow(error.message);
    expect(journal.pending()).toBe(true);
    redis.answer = null;
    await merge();
    expect(new Set(sent)).toEqual(new Set(["1", "2"]));
    expect(readdirSync(dir)).toEqual([]);
  }
});
