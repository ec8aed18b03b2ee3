/** An agent's health as the pure model keeps it: the same transitions, to the number, as the claim's script. Time is a parameter. */
import type { AgentHealth } from "./journal-event.ts";

const bucketMs = 10_000;
const bucketsInMinute = 6;
const rampMs = 60_000;
const ejectionMs = 30_000;
const longestEjectionMs = 300_000;
const forgivenAfterMs = 600_000;
const pointsInARow = 10;
const fewestDials = 10;
const probesNeeded = 2;

export type Health = {
  state: AgentHealth;
  /** Ejected at (kept while probing), ramping since, or healthy since. */
  since: number;
  ejectedUntil: number;
  timesEjected: number;
  /** Half failures in a row. */
  points: number;
  probesAnswered: number;
  /** Dials that ended in the last minute, by ten seconds aligned to the clock: how many, and their half failures. */
  buckets: { index: number; dials: number; points: number }[];
};

export type HealthChange = { from: AgentHealth; to: AgentHealth; cause: string };

export const newHealth = (): Health => ({
  state: "healthy",
  since: 0,
  ejectedUntil: 0,
  timesEjected: 0,
  points: 0,
  probesAnswered: 0,
  buckets: [],
});

const become = (health: Health, to: AgentHealth, since: number, cause: string): HealthChange => {
  const from = health.state;
  health.state = to;
  health.since = since;
  return { from, to, cause };
};

/** What time alone changes, judged when somebody looks. */
export const settleHealth = (health: Health, nowMs: number): HealthChange | null => {
  if (health.state === "ejected" && nowMs >= health.ejectedUntil) {
    health.probesAnswered = 0;
    return become(health, "probing", health.since, "ejection over");
  }
  if (health.state === "ramping" && nowMs - health.since >= rampMs) return become(health, "healthy", health.since + rampMs, "ramped up");
  return null;
};

const eject = (health: Health, nowMs: number, cause: string): HealthChange => {
  if (health.state === "healthy" && nowMs - health.since >= forgivenAfterMs) health.timesEjected = 0;
  health.timesEjected += 1;
  health.ejectedUntil = nowMs + Math.min(ejectionMs * health.timesEjected, longestEjectionMs);
  health.points = 0;
  health.probesAnswered = 0;
  health.buckets = [];
  return become(health, "ejected", nowMs, cause);
};

const countDial = (health: Health, points: number, nowMs: number): { dials: number; points: number } => {
  const newest = Math.floor(nowMs / bucketMs);
  health.buckets = health.buckets.filter(({ index }) => index > newest - bucketsInMinute);
  let bucket = health.buckets.find(({ index }) => index === newest);
  if (bucket === undefined) health.buckets.push((bucket = { index: newest, dials: 0, points: 0 }));
  bucket.dials += 1;
  bucket.points += points;
  return health.buckets.reduce((sum, each) => ({ dials: sum.dials + each.dials, points: sum.points + each.points }), {
    dials: 0,
    points: 0,
  });
};

/** One dial has ended. `points`: 0 good, 1 busy, 2 a failure. What comes while ejected (a call nobody else could take) is ignored. */
export const judgeDial = (health: Health, points: 0 | 1 | 2, nowMs: number): HealthChange[] => {
  const ramped = health.state === "ramping" ? settleHealth(health, nowMs) : null;
  const changes = ramped ? [ramped] : [];
  if (health.state === "ejected") return changes;
  const minute = countDial(health, points, nowMs);
  if (points === 0) {
    health.points = 0;
    if (health.state !== "probing") return changes;
    health.probesAnswered += 1;
    return health.probesAnswered < probesNeeded ? changes : [...changes, become(health, "ramping", nowMs, "two probes answered")];
  }
  health.points += points;
  if (health.state === "probing") return [...changes, eject(health, nowMs, "a probe failed")];
  if (health.points >= pointsInARow) return [...changes, eject(health, nowMs, "five failures in a row")];
  const half = minute.dials >= fewestDials && minute.points >= minute.dials;
  return half ? [...changes, eject(health, nowMs, "half of the dials in 60 s failed")] : changes;
};

/** Weight as it counts now: a ramping agent's rises from a tenth. */
export const effectiveWeight = (weight: number, health: Health, nowMs: number): number =>
  health.state === "ramping" ? weight * Math.max(0.1, (nowMs - health.since) / rampMs) : weight;
