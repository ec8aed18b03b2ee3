/** The sessions of the platform that is played: each is a simulated call, which can be listed, ended and sent elsewhere. */
import { type CallControl, createCallControl } from "../call-control.ts";
import type { CallEvent, CallOutcome } from "../call-event.ts";
import type { SimulateCallDeps } from "../call-life.ts";
import type { CallPlan } from "../call-plan.ts";
import { simulateCall } from "../simulate-call.ts";
import { sessionDirection } from "../wire/voice-request.ts";

type Played = {
  plan: CallPlan;
  domain: string;
  control: CallControl;
  startedAt: number;
  modifiedAt: number;
  status: string;
  answeredAt: number | null;
  endedAt: number | null;
};

/** Ended sessions stay listed, as the platform's do, up to so many. */
const mostEnded = 500;

const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();

const described = (session: Played): Record<string, unknown> => {
  const { plan, domain, startedAt, modifiedAt, status, answeredAt, endedAt } = session;
  return {
    id: plan.sessionId,
    domain,
    token: plan.session,
    destination: plan.to,
    callerId: plan.from,
    direction: sessionDirection(plan),
    status,
    timeLimit: null,
    callStartTime: startedAt,
    callAnswerTime: answeredAt,
    callEndTime: endedAt,
    endTime: endedAt === null ? null : iso(endedAt),
    createdAt: iso(startedAt),
    modifiedAt: iso(modifiedAt),
  };
};

export type PlayedSessions = ReturnType<typeof createPlayedSessions>;

export function createPlayedSessions(now: () => number = () => Date.now()) {
  const sessions = new Map<string, Played>();

  const note = (session: Played, change: Partial<Played>): void => {
    Object.assign(session, { modifiedAt: now() }, change);
  };

  const follow = (session: Played, event: CallEvent): void => {
    if (event.kind === "dialled" && session.answeredAt === null) note(session, { status: "ringing" });
    if (event.kind === "connected") note(session, { status: "connected", answeredAt: now() });
    if (event.kind === "over") note(session, { status: event.wasConnected ? "external" : "noanswer", endedAt: now() });
  };

  const forgetOld = (): void => {
    const ended = [...sessions.values()].filter(({ endedAt }) => endedAt !== null);
    for (const { plan } of ended.slice(0, Math.max(0, ended.length - mostEnded))) sessions.delete(plan.session);
  };

  const inProgress = (domain: string, token: string): Played | undefined => {
    const session = sessions.get(token);
    return session?.domain === domain && session.endedAt === null ? session : undefined;
  };

  return {
    /** Plays a call that the platform's REST doors know of. */
    play: (given: SimulateCallDeps, plan: CallPlan, dueAt?: number): Promise<CallOutcome> => {
      const control = given.control ?? createCallControl();
      const at = now();
      const session: Played = {
        ...{ plan, domain: given.target.domain, control, startedAt: at, modifiedAt: at },
        ...{ status: "processing", answeredAt: null, endedAt: null },
      };
      forgetOld();
      sessions.set(plan.session, session);
      const observe = (event: CallEvent): void => {
        follow(session, event);
        given.observe?.(event);
      };
      return simulateCall({ ...given, control, observe }, plan, dueAt);
    },
    list: (domain: string): Record<string, unknown>[] => [...sessions.values()].filter((each) => each.domain === domain).map(described),
    /** Those that are not over, by their tokens. */
    inProgress: (domain: string): string[] =>
      [...sessions.values()].filter((each) => each.domain === domain && each.endedAt === null).map(({ plan }) => plan.session),
    /** False: there is none, or it is over. */
    tell: (domain: string, token: string, what: Parameters<CallControl["tell"]>[0]): boolean => {
      const session = inProgress(domain, token);
      session?.control.tell(what);
      return session !== undefined;
    },
  };
}
