/** The whole platform as a product meets it: its REST doors, and calls that come from it and do what those doors are told. */
import { createHash, randomBytes } from "node:crypto";
import type { CallEvent, CallOutcome } from "../call-event.ts";
import type { SimulateCallDeps, StartedCall } from "../call-life.ts";
import type { Behaviour, CallPlan } from "../call-plan.ts";
import { createDoor, type Door } from "../door.ts";
import { type Profile, profiles } from "../profiles.ts";
import { createSeededRandom } from "../seeded-random.ts";
import type { Target } from "../target.ts";
import type { Domain, NewDomain } from "./platform.ts";
import { serveCloudonix } from "./serve.ts";

/** Every time as short as can be; what is answered talks on until the call is hung up. */
const patient: Profile = { ...profiles.steady, ringMs: [0, 0], talkMs: [3_600_000, 3_600_000], ringOutScale: 0 };

const answersAtOnce: Behaviour = { kind: "answers", ringMs: 0, talkMs: 0, callerHangsUp: false };

export type FakeOptions = {
  /** 0: any that is free. */
  port?: number;
  /** Whose calls the platform carries; its domain is known there. */
  target: Target;
  domain?: Omit<NewDomain, "domain">;
  profile?: Profile;
  observe?: (event: CallEvent) => void;
};

export type NewCall = Pick<SimulateCallDeps, "behave" | "hold"> & { from: string; to: string };

export type FakeCloudonix = Awaited<ReturnType<typeof openFakeCloudonix>>;

export async function openFakeCloudonix({ port = 0, target, domain = {}, profile = patient, observe = () => {} }: FakeOptions) {
  const open = createDoor();
  const unheard = new Set<string>();
  /** Reports of some sessions get lost on the way. */
  const door: Door = {
    ...open,
    send: (purpose, request, dueAt) => {
      const isReport = purpose === "session_update" || purpose === "cdr";
      const isLost = isReport && unheard.has(request.headers["x-cx-session"] ?? "");
      return isLost ? Promise.resolve({ answer: null, failure: "lost" }) : open.send(purpose, request, dueAt);
    },
  };
  const stopping = new AbortController();
  const base = { door, target, profile, observe, signal: stopping.signal };
  const playing = new Set<Promise<unknown>>();
  let rings = answersAtOnce;

  const play = (given: SimulateCallDeps, plan: CallPlan): Promise<CallOutcome | null> => {
    const played = server.sessions.play(given, plan).catch((error: unknown) => {
      if (stopping.signal.aborted) return null;
      throw error;
    });
    playing.add(played);
    void played.finally(() => playing.delete(played)).catch(() => undefined);
    return played;
  };

  const place = (_domain: Domain, plan: CallPlan, started: Omit<StartedCall, "rings">): void => {
    void play({ ...base, started: { ...started, rings } }, plan);
  };
  const server = await serveCloudonix({ port, place });
  const known = server.platform.add({ ...domain, domain: target.domain });

  return {
    ...server,
    domain: known,
    /** A call that comes in; `outcome` resolves once it is over and told, null when the platform was closed before. */
    call: ({ from, to, ...more }: NewCall) => {
      const session = randomBytes(16).toString("hex");
      const plan: CallPlan = {
        ...{
          index: 1,
          session,
          sipCallId: `${session.slice(8, 24)}@10.0.0.5`,
          from,
          to,
          callerName: "",
          direction: "inbound",
          encoding: "json",
        },
        sessionId: Number.parseInt(createHash("sha256").update(session).digest("hex").slice(0, 12), 16),
        random: createSeededRandom(session),
      };
      return { session, outcome: play({ ...base, ...more }, plan) };
    },
    /** Nothing more is heard of these sessions, though they go on and end. */
    loseWordsOf: (sessions: readonly string[]): void => {
      for (const session of sessions) unheard.add(session);
    },
    /** What those do whom the platform is asked to call, from now on. */
    ring: (behaviour: Behaviour): void => {
      rings = behaviour;
    },
    /** Plays a planned call as one of this platform's, for a run that plans its own. */
    play: server.sessions.play,
    [Symbol.asyncDispose]: async (): Promise<void> => {
      stopping.abort();
      await Promise.allSettled(playing);
      await server[Symbol.asyncDispose]();
      await door.close();
    },
  };
}
