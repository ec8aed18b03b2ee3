/** What became of a call, told in sentences: what decided, who was tried, how it ended. */
import type { CallRecord } from "@switchboard/api/schemas/call-record";

type Attempt = NonNullable<CallRecord["attempts"]>[number];

export const attemptName = ({ agentName, agentId, trunk }: Attempt): string =>
  agentName ?? agentId ?? (trunk === null ? "The number" : `The trunk ${trunk}`);

const secondsBetween = (from: string, to: string): number => Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1_000));

/** Nothing where the two do not follow each other: a CDR tells of the answer by the platform's own clock. */
const after = (from: string, to: string | null): string => {
  if (to === null || to < from) return "";
  const seconds = secondsBetween(from, to);
  return seconds === 0 ? " at once" : ` after ${seconds} s`;
};

/** Whether this is the dial that was answered: the one whose end says so, else the last one open that began before the answer. */
export const isAnswered = (record: CallRecord, attempt: Attempt): boolean => {
  const { answeredAt, attempts = [] } = record;
  const told = attempts.find(({ result }) => result === "completed");
  if (told !== undefined || answeredAt === null) return attempt.step === told?.step;
  return attempt.step === attempts.findLast(({ result, startedAt }) => result === null && startedAt <= answeredAt)?.step;
};

const fate = (record: CallRecord, attempt: Attempt): string => {
  if (isAnswered(record, attempt)) return `answered${after(attempt.startedAt, record.answeredAt)}`;
  const waited = after(attempt.startedAt, attempt.endedAt);
  switch (attempt.result) {
    case "busy":
      return `was busy${waited}`;
    case "no-answer":
      return attempt.endedAt === null ? "did not answer" : `did not answer within ${secondsBetween(attempt.startedAt, attempt.endedAt)} s`;
    case "canceled":
      return `was ringing until the caller left${waited}`;
    case "failed":
      return "could not be reached";
    case "unknown":
      return "ended without a result";
    default:
      return record.endedAt === null ? "is being dialled" : "was dialled";
  }
};

const decided = (record: CallRecord): string => {
  const { ruleId, rulePattern, groupId, groupName, direction } = record;
  if (ruleId === null) return "No rule stands behind this call.";
  const rule = `The ${direction} rule ${rulePattern ?? "that has been deleted since"} matched`;
  if (groupId === null) return `${rule}.`;
  return `${rule} and gave the call to the group ${groupName ?? "that has been deleted since"}.`;
};

const tried = (record: CallRecord): string | null => {
  const attempts = record.attempts ?? [];
  if (attempts.length === 0) return record.endedAt === null ? null : "Nobody was dialled.";
  const parts = attempts.map((attempt) => `${attemptName(attempt)} ${fate(record, attempt)}`);
  return `${parts.join(", then ")}.`;
};

const ended = (record: CallRecord): string => {
  if (record.endedAt === null) return record.answeredAt === null ? "It is on the line." : "They are talking.";
  if (record.durationSeconds !== null) return `The talk lasted ${record.durationSeconds} s.`;
  const lasted = secondsBetween(record.startedAt, record.endedAt);
  switch (record.state) {
    case "canceled":
      return `The caller left after ${lasted} s.`;
    case "timeout":
      return "Nothing more was heard of it, and it was given up.";
    default:
      return `It was over after ${lasted} s.`;
  }
};

/** `fallback`: what was done instead, in words, where it was. */
export const storyOf = (record: CallRecord, fallback: string): string[] =>
  [decided(record), tried(record), record.fallbackUsed === null ? null : `Then the fallback: ${fallback}.`, ended(record)].filter(
    (sentence) => sentence !== null,
  );
