/** One call as Cloudonix would carry it: asks what to do, does it, tells what came of it, and reports until the CDR. */
import type { Document } from "./ask.ts";
import type { CallEvent, CallOutcome, DialStep } from "./call-event.ts";
import { type Behaviour, type CallPlan, destinationName } from "./call-plan.ts";
import {
  askDocument,
  beginLife,
  connect,
  type Life,
  pause,
  type SimulateCallDeps,
  type StartedCall,
  takeDocument,
  tell,
  unlessIntervened,
} from "./call-life.ts";
import type { DialInstruction, Instruction } from "./cxml/instruction.ts";
import { violation } from "./cxml/violation.ts";
import { reachableUrl, voiceUrl } from "./target.ts";
import { type Disposition, finalStatusOf } from "./wire/cdr.ts";
import type { SessionStatus } from "./wire/session-update.ts";

/** No call needs more documents: three groups of ten attempts would be fewer. */
const mostDocuments = 50;
const msPerSpokenWord = 20;

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

  const { started } = life.deps;
  let document = await unlessIntervened(life, () =>
    started === null ? askDocument(life, { label: "first", url: voiceUrl(given.target), result: null, dueAt }) : ring(life, started),
  );
  const accepted = document !== null;
  if (!accepted && started === null && !life.over) life.unanswered = "FAILED";
  for (let documents = 1; document !== null; documents += 1) {
    if (documents > mostDocuments) {
      document.complain(violation("endless_call", `still goes on after ${mostDocuments} documents`));
      break;
    }
    const current = document;
    document = await unlessIntervened(life, () => obey(life, current));
  }
  const outcome = { ...(await endLife(life)), accepted, violations };
  observe({ kind: "ended", outcome });
  return outcome;
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
        await pause(instruction.words * msPerSpokenWord, life.leg);
    }
  }
  return null;
}

/** The SIP answers that the documented reasons stand for, as dispositions. */
function rejection({ reason }: Extract<Instruction, { kind: "reject" }>): Disposition {
  if (reason === "congestion") return "CONGESTION";
  return reason === "failed" ? "FAILED" : "BUSY";
}

async function dial(life: Life, instruction: DialInstruction, document: Document): Promise<Document | null> {
  const name = destinationName(instruction.destination);
  const step = life.steps.length + 1;
  if (life.steps.some((earlier) => earlier.destination === name))
    document.complain(violation("agent_dialled_twice", `dials ${name} again`));
  life.deps.observe({ kind: "dialled", session: life.plan.session, destination: name, step });
  for (const status of ["processing", "ringing", "ringing"] as const) tell(life, status);

  const behaviour = life.deps.behave({ step, name, timeoutSeconds: instruction.timeoutSeconds });
  life.dialling = { step, destination: name, kind: instruction.destination.kind };
  await pause(Math.min(behaviour.ringMs, instruction.timeoutSeconds * 1000), life.leg);
  const { result, words, follows } = await playBehaviour(life, behaviour, { name, timeLimitSeconds: instruction.timeLimitSeconds });
  life.dialling = null;
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
  const { leg } = life;
  connect(life, dialled.name);
  await life.deps.hold();
  await pause(Math.min(behaviour.talkMs, (dialled.timeLimitSeconds ?? Number.POSITIVE_INFINITY) * 1000), leg);
  life.over = true;
  const words = life.plan.random.branch("spelling/answered").pick(["completed", "completed", "answered"]);
  return { result: "completed", words, follows: !behaviour.callerHangsUp };
}

/** Rings whom the platform was asked to call; their answer is what connects the call. */
async function ring(life: Life, { rings, timeoutSeconds, document }: StartedCall): Promise<Document | null> {
  for (const status of ["ringing", "ringing"] as const) tell(life, status);
  await pause(Math.min(rings.ringMs, timeoutSeconds * 1000), life.leg);
  if (rings.kind !== "answers") {
    await playBehaviour(life, rings, { name: life.plan.to, timeLimitSeconds: null });
    return null;
  }
  connect(life, null);
  return takeDocument(life, document, "started");
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
  const hangsUp = life.hungUp || plan.random.branch("end").chance(life.deps.profile.disorder.callerHangsUp);
  const external = disposition === "ANSWER" && hangsUp;
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
