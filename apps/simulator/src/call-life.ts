/** A call while it is played: what has become of it so far, and how it asks, waits, tells and is interrupted. */
import { type Asker, createAsker, type Document } from "./ask.ts";
import { type CallControl, createCallControl, type Intervention } from "./call-control.ts";
import type { CallEvent, DialStep } from "./call-event.ts";
import { type Behaviour, type CallPlan, chooseBehaviour, type Encoding } from "./call-plan.ts";
import { type CallReports, createCallReports } from "./call-reports.ts";
import type { Door } from "./door.ts";
import { pauseUnlessStopped } from "./pause.ts";
import type { Profile } from "./profiles.ts";
import { reachableUrl, type Target } from "./target.ts";
import type { Disposition } from "./wire/cdr.ts";
import type { SessionStatus } from "./wire/session-update.ts";
import { type DialWords, encodeVoiceRequest, platformHeaders, voiceParameters } from "./wire/voice-request.ts";

type DialFacts = { step: number; name: string; timeoutSeconds: number };

/** A call that the platform was asked to place: whoever is rung does as told, and asks there once they have answered. */
export type StartedCall = {
  rings: Behaviour;
  timeoutSeconds: number;
  document: { cxml: string } | { url: string; method: "GET" | "POST" };
};

export type SimulateCallDeps = {
  door: Door;
  target: Target;
  profile: Profile;
  /** What the far side does; by default as the profile says. */
  behave?: (dial: DialFacts) => Behaviour;
  observe?: (event: CallEvent) => void;
  /** Keeps a connected call up until this resolves, before its talk time begins. */
  hold?: () => Promise<void>;
  /** Through which the platform ends the call or sends it elsewhere. */
  control?: CallControl;
  /** Null: the call comes in. */
  started?: StartedCall | null;
  signal?: AbortSignal;
};

export type Life = {
  deps: Required<SimulateCallDeps>;
  plan: CallPlan;
  asker: Asker;
  reports: CallReports;
  startedAt: number;
  answeredAt: number | null;
  answeredBy: string | null;
  steps: DialStep[];
  /** How the call ends unless somebody answers it. */
  unanswered: Disposition;
  /** The platform was told to stop, or the caller has gone. */
  over: boolean;
  /** Ends what is being played, when the call is sent elsewhere. */
  leg: AbortSignal;
  /** Whom it rings or talks to. */
  dialling: Pick<DialStep, "step" | "destination" | "kind"> | null;
  hungUp: boolean;
};

export function beginLife(given: SimulateCallDeps, plan: CallPlan, observe: (event: CallEvent) => void): Life {
  const startedAt = Date.now();
  const deps: Required<SimulateCallDeps> = {
    behave: (dial) => chooseBehaviour(given.profile, plan, dial),
    hold: async () => {},
    control: createCallControl(),
    started: null,
    signal: new AbortController().signal,
    ...given,
    observe,
  };
  return {
    deps,
    plan,
    asker: createAsker({ ...deps, plan }),
    reports: createCallReports({ ...deps, plan, startedAt }),
    startedAt,
    answeredAt: null,
    answeredBy: null,
    steps: [],
    unanswered: "NOANSWER",
    over: false,
    leg: deps.signal,
    dialling: null,
    hungUp: false,
  };
}

/** @throws {Error} when the run is stopped, or the call is sent elsewhere, which leaves what was played as it is */
export async function pause(milliseconds: number, leg: AbortSignal): Promise<void> {
  if (!(await pauseUnlessStopped(milliseconds, leg))) throw new Error("This was stopped before it had ended.");
}

export const tell = (life: Life, status: SessionStatus): void =>
  life.reports.update(status, { answeredAt: life.answeredAt, endedAt: null });

export function askDocument(
  life: Life,
  question: { label: string; url: string; result: DialWords | null; dueAt: number; encoding?: Encoding },
): Promise<Document | null> {
  const { deps, plan } = life;
  const facts = { startedAt: life.startedAt, status: "processing", ringing: life.answeredAt === null, result: question.result };
  const first = question.label === "first";
  return life.asker.ask({
    purpose: question.result === null ? "voice" : "dial_result",
    label: question.label,
    request: encodeVoiceRequest(
      question.url,
      voiceParameters(plan, deps.target, facts),
      question.encoding ?? (first ? plan.encoding : "json"),
      platformHeaders(plan, deps.target),
    ),
    dueAt: question.dueAt,
  });
}

export function connect(life: Life, destination: string | null): void {
  if (life.answeredAt !== null) return;
  life.answeredAt = Date.now();
  life.answeredBy = destination;
  for (const status of ["answer", "connected", "connected"] as const) tell(life, status);
  life.deps.observe({ kind: "connected", session: life.plan.session, destination });
}

/** Plays on unless the platform is told something meanwhile, and then that. */
export async function unlessIntervened(life: Life, play: () => Promise<Document | null>): Promise<Document | null> {
  const leg = new AbortController();
  life.leg = AbortSignal.any([life.deps.signal, leg.signal]);
  const played = play();
  const first = await Promise.race([played.then((document) => ({ document })), life.deps.control.told()]);
  if ("document" in first) return first.document;
  life.deps.control.take();
  leg.abort();
  // It stops at its next pause, of which nobody wants to hear.
  played.catch(() => undefined);
  return unlessIntervened(life, () => intervene(life, first));
}

async function intervene(life: Life, intervention: Intervention): Promise<Document | null> {
  if (life.dialling !== null) life.steps.push({ ...life.dialling, result: "abandoned" });
  life.dialling = null;
  switch (intervention.kind) {
    case "hang_up":
      life.over = true;
      life.hungUp = true;
      life.unanswered = "CANCEL";
      return null;
    case "switch":
      return takeDocument(life, intervention.to, `switch/${life.steps.length}`);
  }
}

export async function takeDocument(life: Life, from: StartedCall["document"], label: string): Promise<Document | null> {
  if ("cxml" in from) return life.asker.given(from.cxml);
  const url = reachableUrl(life.deps.target, from.url);
  return askDocument(life, { label, url, result: null, dueAt: performance.now(), encoding: from.method === "GET" ? "query" : "json" });
}
