/** How a test call goes: asks what to do, does it as the course says, and reports as the platform would; in a rhythm that eyes can follow. */
import type { TestCallCourse } from "@switchboard/routing/input/test-call";
import type { CallEnd, DialEnd, Instruction } from "../webhook/wire-test.ts";

/** The voice door and the report doors, for this one call. Each rejects when it is not answered as it should be. */
export type PlatformPart = {
  ask: () => Promise<Instruction>;
  report: (action: string, result: DialEnd) => Promise<Instruction>;
  update: (state: "ringing" | "connected" | CallEnd, call: Line) => Promise<void>;
  cdr: (end: CallEnd, call: Line) => Promise<void>;
};

/** Milliseconds since the epoch; null: not yet. */
export type Line = { answeredAt: number | null; endedAt: number | null };

export type PlayDeps = {
  platform: PlatformPart;
  course: TestCallCourse;
  /** Rejects when the play is broken off. */
  pause: (milliseconds: number) => Promise<void>;
  now: () => number;
};

const ringMs = 1_500;
/** From then on nobody watches each of them, and a play has an end. */
const dialsInFull = 5;
const shortRingMs = 300;
const talkMs = 3_000;
/** No configuration dials so often: three groups of ten attempts, and as many trunks. */
const mostDocuments = 50;

const resultOf = (course: TestCallCourse, dials: number): DialEnd => {
  switch (course) {
    case "answered":
      return "completed";
    case "first_busy":
      return dials === 1 ? "busy" : "completed";
    case "nobody_answers":
      return "no-answer";
    case "caller_hangs_up":
      return "canceled";
  }
};

/** Resolves when the call has ended and its CDR was taken. */
export const playCourse = async ({ platform, course, pause, now }: PlayDeps): Promise<void> => {
  const line: Line = { answeredAt: null, endedAt: null };
  let end: CallEnd = "no-answer";
  let dials = 0;

  const talk = async () => {
    line.answeredAt = now();
    end = "completed";
    await platform.update("connected", line);
    await pause(talkMs);
  };
  const dial = async (action: string): Promise<Instruction> => {
    dials += 1;
    const result = resultOf(course, dials);
    await platform.update("ringing", line);
    await pause(dials <= dialsInFull ? ringMs : shortRingMs);
    if (result === "completed") await talk();
    else end = result;
    return platform.report(action, result);
  };
  const obey = async (instruction: Instruction): Promise<Instruction | null> => {
    switch (instruction.verb) {
      case "dial":
        return dial(instruction.action);
      case "speak":
        await talk();
        return null;
      case "reject":
        end = instruction.end;
        return null;
      case "hangup":
        return null;
    }
  };

  let instruction: Instruction | null = await platform.ask();
  for (let documents = 1; instruction !== null; documents += 1) {
    if (documents > mostDocuments) throw new Error("it was handed on for ever");
    instruction = await obey(instruction);
  }
  line.endedAt = now();
  await platform.update(end, line);
  await platform.cdr(end, line);
};
