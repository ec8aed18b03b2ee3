/** Plays calls at a fixed rate whatever becomes of them, repeats some of their requests, and writes down what was answered. */
import { createHash } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { type Answer, dialOf, type Platform, type Sent } from "./platform.ts";

export type PlayedStep = { step: number; answers: Answer[]; dialled: string | null };
export type PlayedCall = {
  session: string;
  begunAt: number;
  steps: PlayedStep[];
  status: "completed" | "busy" | "no-answer" | null;
  /** Answered, and never heard of again. */
  lost: boolean;
};

export type History = {
  calls: PlayedCall[];
  /** Statuses of voice answers that were not 200, of reports that were not 204. */
  wrong: string[];
  /** Requests that were cut off, and had to be sent again. */
  cutOff: number;
  /** Slowest voice answer, and the slowest of each second since the beginning; milliseconds. */
  slowestMs: number;
  slowestBySecond: number[];
  /** Of every voice answer, in the order they came. */
  answerMs: number[];
};

export type Play = {
  platforms: Platform[];
  seed: string;
  calls: number;
  ratePerSecond: number;
  /** Shares: of steps that are sent again, of dials that are not answered. */
  repeats?: number;
  failures?: number;
  /** Shares: of calls whose end is never told, of reports that come again, of reports that come out of their order. */
  disorder?: { lostEnds: number; repeatedReports: number; shuffledReports: number };
  signal?: AbortSignal;
};

/** The same calls for the same seed. */
const chanceOf =
  (seed: string) =>
  (what: string): number =>
    createHash("sha256").update(`${seed}/${what}`).digest().readUInt32BE(0) / 2 ** 32;

const inOrder = { lostEnds: 0, repeatedReports: 0, shuffledReports: 0 };
const longestDelayMs = 400;
const mostTries = 200;
const tryAgainMs = 250;

export const startCalls = (play: Play): { history: History; finished: Promise<void> } => {
  const { platforms, repeats = 0.1, failures = 0.2, disorder = inOrder } = play;
  const chance = chanceOf(play.seed);
  const history: History = { calls: [], wrong: [], cutOff: 0, slowestMs: 0, slowestBySecond: [], answerMs: [] };
  const began = performance.now();
  let turn = 0;

  /** Sends until somebody answers: the platform's word must not be lost because a process was. */
  const insist = async (send: (platform: Platform) => Promise<Sent>): Promise<Answer> => {
    for (let tries = 0; tries < mostTries; tries++) {
      const answer = await send(platforms[turn++ % platforms.length]!);
      if (answer) return answer;
      history.cutOff += 1;
      await pause(tryAgainMs);
    }
    throw new Error("nobody answered any more");
  };

  const observe = (answer: Answer) => {
    if (answer.status !== 200) history.wrong.push(`voice ${answer.status} ${answer.body.slice(0, 200)}`);
    const second = Math.floor((performance.now() - began) / 1_000);
    history.answerMs.push(answer.ms);
    history.slowestMs = Math.max(history.slowestMs, answer.ms);
    history.slowestBySecond[second] = Math.max(history.slowestBySecond[second] ?? 0, Math.round(answer.ms));
  };

  const ask = async (call: PlayedCall, send: (platform: Platform) => Promise<Sent>): Promise<PlayedStep> => {
    const step = call.steps.length + 1;
    const again = chance(`${call.session}/${step}/again`) < repeats;
    const atOnce = chance(`${call.session}/${step}/at once`) < 0.5;
    const asked = [insist(send), ...(again && atOnce ? [insist(send)] : [])];
    const answers = await Promise.all(asked);
    if (again && !atOnce) answers.push(await insist(send));
    for (const answer of answers) observe(answer);
    const played = { step, answers, dialled: answers[0] ? dialOf(answers[0]).dialled : null };
    call.steps.push(played);
    return played;
  };

  const deliver = async (send: (platform: Platform) => Promise<Sent>, delayMs: number) => {
    if (delayMs > 0) await pause(delayMs);
    const { status, body } = await insist(send);
    if (status !== 204) history.wrong.push(`report ${status} ${body.slice(0, 200)}`);
  };

  const late: Promise<void>[] = [];
  const report = async (name: string, send: (platform: Platform) => Promise<Sent>) => {
    if (chance(`${name}/again`) < disorder.repeatedReports) late.push(deliver(send, chance(`${name}/again after`) * longestDelayMs));
    const isLate = chance(`${name}/late`) < disorder.shuffledReports;
    const delivered = deliver(send, isLate ? chance(`${name}/after`) * longestDelayMs : 0);
    if (isLate) late.push(delivered);
    else await delivered;
  };

  const playCall = async (call: PlayedCall) => {
    const { session } = call;
    let words = 0;
    const word = async (status: string) => {
      words += 1;
      const update = { status, modifiedAt: new Date().toISOString(), eventId: `${session}-${words}` };
      await report(`${session}/${words}`, (platform) => platform.update(session, update));
    };
    let { answers, dialled } = await ask(call, (platform) => platform.ring(session));
    await word("ringing");
    while (dialled !== null) {
      const action = dialOf(answers[0]!).action ?? "";
      const fails = chance(`${session}/${call.steps.length}/fails`) < failures;
      if (!fails) await word("connected");
      call.lost = !fails && chance(`${session}/lost`) < disorder.lostEnds;
      if (call.lost) return;
      const result = fails ? (chance(`${session}/${call.steps.length}/how`) < 0.5 ? "busy" : "noanswer") : "completed";
      call.status = result === "noanswer" ? "no-answer" : result;
      ({ answers, dialled } = await ask(call, (platform) => platform.dialResult(session, action, result)));
    }
    if (call.status === null) return;
    const disposition = { completed: "ANSWER", busy: "BUSY", "no-answer": "NOANSWER" }[call.status];
    const cdr = { session: { token: session }, disposition, billsec: call.status === "completed" ? 1 : 0, timestamp: Date.now() / 1_000 };
    await report(`${session}/cdr`, (platform) => platform.cdr(cdr));
  };

  const run = async () => {
    const playing: Promise<void>[] = [];
    for (let index = 0; index < play.calls && !play.signal?.aborted; index++) {
      const early = began + (index * 1_000) / play.ratePerSecond - performance.now();
      if (early > 0) await pause(early);
      const call: PlayedCall = {
        session: createHash("sha256").update(`${play.seed}/${index}`).digest("hex").slice(0, 32),
        begunAt: performance.now(),
        steps: [],
        status: null,
        lost: false,
      };
      history.calls.push(call);
      playing.push(playCall(call));
    }
    await Promise.all(playing);
    await Promise.all(late);
  };
  return { history, finished: run() };
};
