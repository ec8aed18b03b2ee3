/** One call as Cloudonix would carry it: asks what to do, does it, tells what came of it, and reports until the CDR. */
import { type Asker, createAsker, type Document } from "./ask.ts";
import type { CallEvent, CallOutcome, DialStep } from "./call-event.ts";
import { type Behaviour, type CallPlan, chooseBehaviour, destinationName } from "./call-plan.ts";
import { type CallReports, createCallReports } from "./call-reports.ts";
import type { DialInstruction, Instruction } from "./cxml/instruction.ts";
import { violation } from "./cxml/violation.ts";
import type { Door } from "./door.ts";
import { pauseUnlessStopped } from "./pause.ts";
import type { Profile } from "./profiles.ts";
import { reachableUrl, type Target, voiceUrl } from "./target.ts";
import { type Disposition, finalStatusOf } from "./wire/cdr.ts";
import type { SessionStatus } from "./wire/session-update.ts";
import { type DialWords, encodeVoiceRequest, platformHeaders, voiceParameters } from "./wire/voice-request.ts";

/** No call needs more documents: three groups of ten attempts would be fewer. */
const mostDocuments = 50;
const msPerSpokenWord = 20;

export type DialFacts = { step: number; name: string; timeoutSeconds: number };

export type SimulateCallDeps = {
  door: Door;
  target: Target;
  profile: Profile;
  /** What the far side does; by default as the profile says. */
  behave?: (dial: DialFacts) => Behaviour;
  observe?: (event: CallEvent) => void;
  /** Keeps a connected call up until this resolves, before its talk time begins. */
  hold?: () => Promise<void>;
  signal?: AbortSignal;
};

type Life = {
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
};

/** @param dueAt when the call was to start, on the clock of `performance.now()` */
export async function simulateCall(given: SimulateCallDeps, plan: CallPlan, dueAt: number = performance.now()): Promise<CallOutcome> {
  let violations = 0;
  const observe = (event: CallEvent): void => {
    if (event.kind === "violation") violations += 1;
    given.observe?.(event);
  };
  const life = beginLife(given, plan, observe);
  observe({ kind: "started", session: plan.session });
  for (const status of ["new", "processing", "processing"] as const) tell(life, status);

  let document = await askDocument(life, { label: "first", url: voiceUrl(given.target), result: null, dueAt });
  const accepted = document !== null;
  if (!accepted) life.unanswered = "FAILED";
  for (let documents = 1; document !== null; documents += 1) {
    if (documents > mostDocuments) {
      document.complain(violation("endless_call", `still goes on after ${mostDocuments} documents`));
      break;
    }
    document = await obey(life, document);
  }
  const outcome = { ...(await endLife(life)), accepted, violations };
  observe({ kind: "ended", outcome });
  return outcome;
}

function beginLife(given: SimulateCallDeps, plan: CallPlan, observe: (event: CallEvent) => void): Life {
  const startedAt = Date.now();
  const deps: Required<SimulateCallDeps> = {
    behave: (dial) => chooseBehaviour(given.profile, plan, dial),
    hold: async () => {},
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
  };
}

/** @throws {Error} when the run is stopped, which leaves the call as it is */
async function pause(life: Life, milliseconds: number): Promise<void> {
  if (!(await pauseUnlessStopped(milliseconds, life.deps.signal))) throw new Error("The run was stopped before the call had ended.");
}

const tell = (life: Life, status: SessionStatus): void => life.reports.update(status, { answeredAt: life.answeredAt, endedAt: null });

function askDocument(
  life: Life,
  question: { label: string; url: string; result: DialWords | null; dueAt: number },
): Promise<Document | null> {
  const { deps, plan } = life;
  const facts = { startedAt: life.startedAt, status: "processing", ringing: life.answeredAt === null, result: question.result };
  const first = question.label === "first";
  return life.asker.ask({
    purpose: first ? "voice" : "dial_result",
    label: question.label,
    request: encodeVoiceRequest(
      question.url,
      voiceParameters(plan, deps.target, facts),
      first ? plan.encoding : "json",
      platformHeaders(plan, deps.target),
    ),
    dueAt: question.dueAt,
  });
}

/** Runs a document's verbs. @returns the document that replaces it, or null when the call is over */
async function obey(life: Life, document: Document): Promise<Document | null> {
  for (const instruction of document.instructions) {
    switch (instruction.kind) {
      case "dial":
        return dial(life, instruction, document);
      case "redirect":
        return askDocument(life, {
          label: `redirect/${life.steps.length}`,
          url: reachableUrl(life.deps.target, instruction.url),
          result: null,
          dueAt: performance.now(),
        });
      case "hangup":
        return null;
      case "reject":
        life.unanswered = rejection(instruction);
        return null;
      case "speak":
        connect(life, null);
        await pause(life, instruction.words * msPerSpokenWord);
    }
  }
  return null;
}

/** The SIP answers that the documented reasons stand for, as dispositions. */
function rejection({ reason }: Extract<Instruction, { kind: "reject" }>): Disposition {
  if (reason === "congestion") return "CONGESTION";
  return reason === "failed" ? "FAILED" : "BUSY";
}

function connect(life: Life, destination: string | null): void {
  if (life.answeredAt !== null) return;
  life.answeredAt = Date.now();
  life.answeredBy = destination;
  for (const status of ["answer", "connected", "connected"] as const) tell(life, status);
  life.deps.observe({ kind: "connected", session: life.plan.session, destination });
}

async function dial(life: Life, instruction: DialInstruction, document: Document): Promise<Document | null> {
  const name = destinationName(instruction.destination);
  const step = life.steps.length + 1;
  if (life.steps.some((earlier) => earlier.destination === name))
    document.complain(violation("agent_dialled_twice", `dials ${name} again`));
  life.deps.observe({ kind: "dialled", session: life.plan.session, destination: name, step });
  for (const status of ["processing", "ringing", "ringing"] as const) tell(life, status);

  const behaviour = life.deps.behave({ step, name, timeoutSeconds: instruction.timeoutSeconds });
  await pause(life, Math.min(behaviour.ringMs, instruction.timeoutSeconds * 1000));
  const { result, words, follows } = await playBehaviour(life, behaviour, { name, timeLimitSeconds: instruction.timeLimitSeconds });
  life.steps.push({ step, destination: name, kind: instruction.destination.kind, result });
  if (!follows) return null;
  const inCallStatus = life.plan.random.branch(`words/${step}`).chance(life.deps.profile.disorder.resultsInCallStatus);
  const next = await askDocument(life, {
    label: `dial/${step}`,
    url: reachableUrl(life.deps.target, instruction.action),
    result: { status: words, resultIn: inCallStatus ? "CallStatus" : "DialCallStatus" },
    dueAt: performance.now(),
  });
  if (life.over && next?.instructions.some(({ kind }) => kind !== "hangup" && (result === "completed" || kind !== "reject"))) {
    next.complain(violation("goes_on_after_end", `asks for more after the dial was ${result}`));
  }
  return next;
}

/** `words`: as the result is told; null: not at all. `follows`: the action is called. */
type Played = { result: DialStep["result"]; words: string | null; follows: boolean };

async function playBehaviour(
  life: Life,
  behaviour: Behaviour,
  dialled: { name: string; timeLimitSeconds: number | null },
): Promise<Played> {
  const random = life.plan.random.branch(`spelling/${life.steps.length}`);
  switch (behaviour.kind) {
    case "answers":
      return talk(life, behaviour, dialled);
    case "busy":
      return fail(life, "busy", "BUSY", { result: "busy", words: "busy", follows: true });
    case "fails":
      return fail(life, behaviour.word, behaviour.word === "failed" ? "FAILED" : "CONGESTION", {
        result: "failed",
        words: behaviour.word,
        follows: true,
      });
    case "rings_out":
      return fail(life, "noanswer", "NOANSWER", {
        result: "no-answer",
        words: random.pick(["noanswer", "no-answer", "NoAnswer"]),
        follows: true,
      });
    case "no_result":
      return fail(life, "processing", "FAILED", { result: "unknown", words: behaviour.word, follows: true });
    case "caller_cancels":
      life.over = true;
      return fail(life, "processing", "CANCEL", { result: "canceled", words: "canceled", follows: behaviour.tells });
  }
}

function fail(life: Life, status: SessionStatus, unanswered: Disposition, played: Played): Played {
  tell(life, status);
  life.unanswered = unanswered;
  return played;
}

async function talk(
  life: Life,
  behaviour: Extract<Behaviour, { kind: "answers" }>,
  dialled: { name: string; timeLimitSeconds: number | null },
): Promise<Played> {
  connect(life, dialled.name);
  await life.deps.hold();
  await pause(life, Math.min(behaviour.talkMs, (dialled.timeLimitSeconds ?? Number.POSITIVE_INFINITY) * 1000));
  life.over = true;
  const words = life.plan.random.branch("spelling/answered").pick(["completed", "completed", "answered"]);
  return { result: "completed", words, follows: !behaviour.callerHangsUp };
}

const lastWords: Readonly<Record<Disposition, SessionStatus>> = {
  ANSWER: "connected",
  BUSY: "busy",
  CANCEL: "cancel",
  FAILED: "failed",
  CONGESTION: "congestion",
  NOANSWER: "noanswer",
};

async function endLife(life: Life): Promise<Omit<CallOutcome, "accepted" | "violations">> {
  const { plan, answeredAt, reports } = life;
  const endedAt = Date.now();
  const disposition = answeredAt === null ? life.unanswered : "ANSWER";
  reports.fillUp(answeredAt === null ? "processing" : "connected", answeredAt);
  // The platform may also say that a connected call was ended from outside.
  const external = disposition === "ANSWER" && plan.random.branch("end").chance(life.deps.profile.disorder.callerHangsUp);
  for (const status of [lastWords[disposition], external ? "external" : lastWords[disposition]] as const)
    reports.update(status, { answeredAt, endedAt });
  life.deps.observe({ kind: "over", session: plan.session, wasConnected: answeredAt !== null });
  const billSeconds = answeredAt === null ? 0 : Math.ceil((endedAt - answeredAt) / 1000);
  const cdrAccepted = await reports.finish({ disposition, answeredAt, endedAt, billSeconds });
  await life.asker.settled();
  return {
    index: plan.index,
    session: plan.session,
    sipCallId: plan.sipCallId,
    direction: plan.direction,
    from: plan.from,
    to: plan.to,
    steps: life.steps,
    answeredBy: life.answeredBy,
    disposition,
    expectedStatus: finalStatusOf[disposition],
    billSeconds,
    cdrAccepted,
  };
}
