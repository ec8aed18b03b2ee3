/** Asks the voice door for a document, checks what comes, and now and then asks the same again, which must change nothing. */
import type { CallEvent } from "./call-event.ts";
import type { CallPlan } from "./call-plan.ts";
import { checkAnswer } from "./cxml/check-answer.ts";
import type { Instruction } from "./cxml/instruction.ts";
import { type Violation, violation } from "./cxml/violation.ts";
import type { Door, DoorAnswer } from "./door.ts";
import { pauseUnlessStopped } from "./pause.ts";
import type { Profile } from "./profiles.ts";
import type { WireRequest } from "./wire/voice-request.ts";

export type Question = { purpose: "voice" | "dial_result"; label: string; request: WireRequest; dueAt: number };

/** A document that may be obeyed, with what is needed to complain about it; null: the platform would drop the call. */
export type Document = { instructions: Instruction[]; complain: (violation: Violation) => void };

export type Asker = {
  ask(question: Question): Promise<Document | null>;
  /** A document that the platform was given without asking for it. */
  given(cxml: string): Document | null;
  /** Waits for repeats that were still to come. */
  settled(): Promise<void>;
};

const cxmlType = "application/xml; charset=utf-8";
/** In the place of a request, where a document was handed over. */
const unasked: WireRequest = { method: "POST", url: "given", headers: {}, body: null };

type Deps = { door: Door; profile: Profile; plan: CallPlan; observe: (event: CallEvent) => void; signal: AbortSignal };

export function createAsker({ door, profile, plan, observe, signal }: Deps): Asker {
  const repeats: Promise<void>[] = [];

  const complainAbout =
    (question: Question, answer: DoorAnswer) =>
    (wrong: Violation): void =>
      observe({
        kind: "violation",
        session: plan.session,
        violation: wrong,
        exchange: { purpose: question.purpose, request: question.request, answer },
      });

  const send = async (question: Question, dueAt: number): Promise<{ answer: DoorAnswer; instructions: Instruction[] | null }> => {
    const answer = await door.send(question.purpose, question.request, dueAt);
    const complain = complainAbout(question, answer);
    if (answer.answer === null) {
      complain(violation("no_answer", answer.failure));
      return { answer, instructions: null };
    }
    const checked = checkAnswer(answer.answer);
    for (const wrong of checked.violations) complain(wrong);
    return { answer, instructions: checked.violations.length > 0 ? null : checked.instructions };
  };

  const repeat = async (question: Question, first: Promise<DoorAnswer>, delayMs: number): Promise<void> => {
    if (delayMs > 0 && !(await pauseUnlessStopped(delayMs, signal))) return;
    const [again, before] = await Promise.all([send(question, performance.now()), first]);
    const [one, other] = [before.answer, again.answer.answer];
    if (one?.status === 200 && other?.status === 200 && one.body !== other.body) {
      complainAbout(question, again.answer)(violation("repeat_differs", `the same request was first answered ${one.body}`));
    }
  };

  return {
    async ask(question) {
      const random = plan.random.branch(`repeat/${question.label}`);
      const first = send(question, question.dueAt);
      if (random.chance(profile.disorder.repeatedSteps)) {
        const delayMs = random.chance(0.5) ? 0 : random.between(...profile.disorder.lateMs);
        repeats.push(
          repeat(
            question,
            first.then(({ answer }) => answer),
            delayMs,
          ),
        );
      }
      const { answer, instructions } = await first;
      return instructions === null ? null : { instructions, complain: complainAbout(question, answer) };
    },
    given(cxml) {
      const answer = { answer: { status: 200, contentType: cxmlType, body: cxml }, failure: null };
      const complain = complainAbout({ purpose: "voice", label: "given", request: unasked, dueAt: 0 }, answer);
      const checked = checkAnswer(answer.answer);
      for (const wrong of checked.violations) complain(wrong);
      return checked.violations.length > 0 ? null : { instructions: checked.instructions, complain };
    },
    async settled() {
      await Promise.all(repeats);
    },
  };
}
