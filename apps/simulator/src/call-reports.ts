/** Sends a call's session updates and its CDR, in the order, the form and as often as a disorderly network would. */
import type { CallEvent } from "./call-event.ts";
import type { CallPlan } from "./call-plan.ts";
import { violation } from "./cxml/violation.ts";
import type { Door, DoorAnswer } from "./door.ts";
import { pauseUnlessStopped } from "./pause.ts";
import type { Profile } from "./profiles.ts";
import type { SeededRandom } from "./seeded-random.ts";
import { cdrUrl, sessionUpdateUrl, type Target } from "./target.ts";
import { type CdrFacts, cdrBody } from "./wire/cdr.ts";
import { type SessionStatus, sessionUpdateBody } from "./wire/session-update.ts";
import { platformHeaders, type WireRequest } from "./wire/voice-request.ts";

/** A call is worth at least so many updates. */
const leastUpdates = 10;

export type CallReports = {
  update(status: SessionStatus, times: { answeredAt: number | null; endedAt: number | null }): void;
  /** Enough updates that the next ones make ten. */
  fillUp(status: SessionStatus, answeredAt: number | null): void;
  /** @returns whether Switchboard took it, once everything has been sent. */
  finish(facts: Omit<CdrFacts, "session" | "startedAt">): Promise<boolean>;
};

type Deps = {
  door: Door;
  target: Target;
  profile: Profile;
  plan: CallPlan;
  startedAt: number;
  observe: (event: CallEvent) => void;
  signal: AbortSignal;
};

type Report = { purpose: "session_update" | "cdr"; label: string; request: WireRequest };

const cutInMs = 400;

const delayOf = (random: SeededRandom, { delayedReports, shuffledReports, lateMs }: Profile["disorder"]): number => {
  const late = random.between(...lateMs);
  const aLittle = random.between(0, cutInMs);
  return random.chance(delayedReports) ? late : random.chance(shuffledReports) ? aLittle : 0;
};

/** Sends one report, late or again if the disorder says so. @returns the first one's answer */
async function sendReport({ door, profile, plan, observe, signal }: Deps, { purpose, label, request }: Report): Promise<DoorAnswer> {
  const random = plan.random.branch(`report/${label}`);
  const delay = delayOf(random, profile.disorder);
  const repeatAfter = random.chance(profile.disorder.repeatedReports) ? random.between(0, 1000) : null;
  const post = async (delayMs: number): Promise<DoorAnswer> => {
    if (delayMs > 0 && !(await pauseUnlessStopped(delayMs, signal))) return { answer: null, failure: "the run was stopped" };
    const answer = await door.send(purpose, request);
    const wrong =
      answer.answer === null
        ? violation("no_answer", answer.failure)
        : answer.answer.status === 204
          ? null
          : violation("status", `answered ${answer.answer.status} instead of 204`);
    if (wrong !== null) observe({ kind: "violation", session: plan.session, violation: wrong, exchange: { purpose, request, answer } });
    return answer;
  };
  const [first] = await Promise.all([post(delay), repeatAfter === null ? null : post(delay + repeatAfter)]);
  return first;
}

export function createCallReports(deps: Deps): CallReports {
  const { target, plan, profile, startedAt } = deps;
  const headers = { ...platformHeaders(plan, target), "content-type": "application/json" };
  const sent: Promise<DoorAnswer>[] = [];
  let sequence = 0;

  const update: CallReports["update"] = (status, times) => {
    sequence += 1;
    const body = sessionUpdateBody(plan, target, { sequence, status, at: Date.now(), startedAt, ...times });
    const wrapped = plan.random.branch(`wrap/${sequence}`).chance(profile.disorder.wrappedUpdates);
    const request: WireRequest = { method: "POST", url: sessionUpdateUrl(target), headers, body: JSON.stringify(wrapped ? [body] : body) };
    sent.push(sendReport(deps, { purpose: "session_update", label: `update/${sequence}`, request }));
  };

  return {
    update,
    fillUp(status, answeredAt) {
      while (sequence < leastUpdates - 2) update(status, { answeredAt, endedAt: null });
    },
    async finish(facts) {
      const random = plan.random.branch("cdr");
      // Without a session only `call_id` can join it, which a request in a query does not reliably carry.
      const without = plan.encoding === "json" && random.chance(profile.disorder.cdrsWithoutSession);
      const session = without ? random.pick<CdrFacts["session"]>(["absent", "null", "text"]) : "object";
      const body = JSON.stringify(cdrBody(plan, target, { ...facts, startedAt, session }));
      const request: WireRequest = { method: "POST", url: cdrUrl(target), headers, body };
      const [answer] = await Promise.all([sendReport(deps, { purpose: "cdr", label: "cdr", request }), ...sent]);
      return answer.answer?.status === 204;
    },
  };
}
