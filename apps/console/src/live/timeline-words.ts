/** A call record's timeline in words. */
import type { CallRecord, TimelineEntry } from "@switchboard/api/schemas/call-record";
import { callStateSchema, reasonSchema } from "@switchboard/api/schemas/call-words";
import { handlings } from "@switchboard/api/schemas/live-call";
import { reasonText } from "@switchboard/routing/reason-text";
import { z } from "zod";
import { stateWords } from "./call-words.ts";

export type TimelineLine = { key: string; at: string; tone: "neutral" | "good" | "bad"; text: string; more: string | null };
type Words = Pick<TimelineLine, "tone" | "text" | "more">;

const stepDetail = z.object({
  step: z.number(),
  kind: z.enum(handlings),
  reason: reasonSchema,
  agentId: z.string().optional(),
  trunk: z.string().nullish(),
  degraded: z.boolean(),
  ended: z.object({ step: z.number(), result: z.string() }).nullable(),
});
const reportDetail = z.object({ word: z.string(), state: callStateSchema.nullable(), billSeconds: z.number().nullable() });

const operationDetail = z.object({ action: z.enum(["hung_up", "moved", "started"]), by: z.string() });
const operationWords = { hung_up: "Hung up by an operator", moved: "Moved by an operator", started: "Begun by an operator" } as const;

const resultWords: Record<string, Words> = {
  completed: { tone: "good", text: "answered", more: null },
  busy: { tone: "bad", text: "was busy", more: null },
  "no-answer": { tone: "bad", text: "did not answer", more: null },
  failed: { tone: "bad", text: "could not be reached", more: null },
  canceled: { tone: "neutral", text: "was not waited for: the caller left", more: null },
  unknown: { tone: "bad", text: "ended without a result", more: null },
};

type Step = z.infer<typeof stepDetail>;

/** What became of the dial, as far as the record knows. */
const outcomeOf = (record: CallRecord, step: Step): { tone: TimelineLine["tone"]; text: string | null } => {
  const result = record.attempts?.find((attempt) => attempt.step === step.step)?.result;
  const words = result == null ? undefined : resultWords[result];
  return words === undefined ? { tone: "neutral", text: null } : { tone: words.tone, text: `${words.text}.` };
};

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const dialled = (record: CallRecord, step: Step, whom: string): Words => {
  const { tone, text } = outcomeOf(record, step);
  const why = step.reason === "matched" ? null : reasonText(step.reason).text;
  const local = step.degraded ? "Decided without the live store." : null;
  const parts = [text === null ? null : sentence(text), why, local].filter((part) => part !== null);
  return { tone, text: `${whom}, try ${step.step}`, more: parts.length === 0 ? null : parts.join(" ") };
};

const ended = (step: Step, text: string): Words => {
  const isGood = step.ended?.result === "completed";
  const why = isGood || step.reason === "matched" ? null : reasonText(step.reason).text;
  return { tone: isGood ? "neutral" : "bad", text: isGood ? "The talk is over" : text, more: why };
};

const stepWords = (record: CallRecord, step: Step): Words => {
  switch (step.kind) {
    case "agent":
      return dialled(record, step, record.attempts?.find((attempt) => attempt.step === step.step)?.agentName ?? step.agentId ?? "An agent");
    case "number":
      return dialled(record, step, step.trunk == null ? "A phone number" : `A phone number by ${step.trunk}`);
    case "sip":
      return dialled(record, step, "A SIP address");
    case "message":
      return { tone: "neutral", text: "A spoken message", more: step.reason === "matched" ? null : reasonText(step.reason).text };
    case "reject":
      return ended(step, "Rejected");
    case "hangup":
      return ended(step, "Hung up");
  }
};

const reportWords = ({ word, state }: z.infer<typeof reportDetail>): Words => {
  if (state === null) return { tone: "neutral", text: `Cloudonix: ${word}`, more: null };
  const known = stateWords[state];
  return { tone: known.tone === "ok" ? "good" : known.tone === "bad" ? "bad" : "neutral", text: known.word, more: null };
};

/** Where its word is no word for people. */
const dispositionWords: Record<string, string> = { answer: "answered", cancel: "canceled", noanswer: "no answer" };

const cdrWords = ({ word, billSeconds }: z.infer<typeof reportDetail>): Words => ({
  tone: "neutral",
  text: `Billing record: ${dispositionWords[word.toLowerCase()] ?? word.toLowerCase()}`,
  more: billSeconds === null ? null : `${billSeconds} s from answer to end.`,
});

const wordsOf = (record: CallRecord, { type, detail }: TimelineEntry): Words => {
  if (type === "step") {
    const step = stepDetail.safeParse(detail);
    if (step.success) return stepWords(record, step.data);
  }
  if (type === "session_update" || type === "cdr") {
    const report = reportDetail.safeParse(detail);
    if (report.success) return type === "cdr" ? cdrWords(report.data) : reportWords(report.data);
  }
  if (type === "operated") {
    const operation = operationDetail.safeParse(detail);
    if (operation.success) return { tone: "neutral", text: operationWords[operation.data.action], more: `By ${operation.data.by}.` };
  }
  if (type === "timeout") return { tone: "bad", text: "Given up", more: "Nothing more was heard of the call." };
  if (type === "superseded") return { tone: "neutral", text: "A late answer was taken back", more: null };
  if (type === "lease_retaken") return { tone: "neutral", text: "Spoke again after it was given up", more: null };
  return { tone: "neutral", text: type, more: null };
};

/** Words said twice in a row are said once. */
export const linesOf = (record: CallRecord): TimelineLine[] => {
  const lines: TimelineLine[] = [{ key: "received", at: record.startedAt, tone: "neutral", text: "Call received", more: null }];
  for (const [index, entry] of (record.timeline ?? []).entries()) {
    const words = wordsOf(record, entry);
    if (words.text !== lines.at(-1)?.text) lines.push({ key: `${index}`, at: entry.at, ...words });
  }
  return lines;
};
