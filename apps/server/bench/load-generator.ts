/**
 * A process that plays a busy platform over raw sockets, cheap enough not to be what is measured: request bytes made once, only the
 * session written into them anew, answers told apart by their length. Closed loop, or open at a rate with latency from the due time.
 */
import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";
import { createHistogram } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { parseJob, type LoadJob, type LoadResult, sessionPlaceholder } from "./load-job.ts";

type Tally = { sent: number; answered: number; finished: number; failures: number; firstFailure: string | null };
type Line = { socket: Socket; bytes: Buffer; dueAt: number; busy: boolean; answer: Buffer | null };

const headEnd = Buffer.from("\r\n\r\n");
const lengthName = Buffer.from("content-length: ");
const okLine = Buffer.from("HTTP/1.1 200");
const dial = Buffer.from("<Dial");
const drainLimitMs = 5_000;
/** Of a session's 32 characters the first tell runs apart, the last 8 count. */
const counterLength = 8;

const placesOf = (bytes: Buffer): number[] => {
  const places: number[] = [];
  for (let at = bytes.indexOf(sessionPlaceholder); at >= 0; at = bytes.indexOf(sessionPlaceholder, at + 1)) places.push(at);
  return places;
};

/** The whole answer's length; null while the head is incomplete. */
const lengthOf = (answer: Buffer): number | null => {
  const end = answer.indexOf(headEnd);
  if (end < 0) return null;
  const at = answer.indexOf(lengthName);
  if (at < 0 || at > end) throw new Error(`an answer without a length: ${answer.toString("latin1", 0, 200)}`);
  return end + headEnd.length + Number.parseInt(answer.toString("latin1", at + lengthName.length, at + lengthName.length + 8), 10);
};

const createLoad = (job: LoadJob) => {
  const template = Buffer.from(job.request, "latin1");
  const places = placesOf(template).map((place) => place + sessionPlaceholder.length - counterLength);
  const run = randomBytes((sessionPlaceholder.length - counterLength) / 2).toString("hex");
  for (const place of placesOf(template)) template.write(run, place, "latin1");
  const histogram = createHistogram();
  const idle: Line[] = [];
  const tally: Tally = { sent: 0, answered: 0, finished: 0, failures: 0, firstFailure: null };
  const due: number[] = [];
  let measureFrom = Number.POSITIVE_INFINITY;
  let until = Number.POSITIVE_INFINITY;
  let onIdle: (() => void) | null = null;

  const fail = (why: string) => {
    tally.failures += 1;
    tally.firstFailure ??= why;
  };

  const send = (line: Line, dueAt: number) => {
    const counter = tally.sent.toString(16).padStart(counterLength, "0");
    tally.sent += 1;
    for (const place of places) line.bytes.write(counter, place, "latin1");
    line.dueAt = dueAt;
    line.busy = true;
    line.socket.write(line.bytes);
  };

  const mayStart = (now: number) => now < until && (job.requests === null || tally.sent < job.requests);

  /** The line is free: in a closed loop it goes on at once, else it takes what is overdue. */
  const next = (line: Line, now: number) => {
    const waiting = due.shift();
    if (waiting !== undefined) return send(line, waiting);
    if (job.ratePerSecond === null && mayStart(now)) return send(line, now);
    line.busy = false;
    idle.push(line);
    if (idle.length === job.connections) onIdle?.();
  };

  const finish = (line: Line, answer: Buffer) => {
    const now = performance.now();
    tally.finished += 1;
    if (answer.compare(okLine, 0, okLine.length, 0, okLine.length) !== 0 || answer.indexOf(dial) < 0)
      fail(answer.toString("latin1", 0, 600));
    else if (now >= measureFrom && now < until) {
      tally.answered += 1;
      histogram.record(Math.max(1, Math.round((now - line.dueAt) * 1_000)));
    }
    next(line, now);
  };

  const receive = (line: Line, chunk: Buffer) => {
    const answer = line.answer ? Buffer.concat([line.answer, chunk]) : chunk;
    const length = lengthOf(answer);
    const whole = length !== null && answer.length >= length;
    line.answer = whole ? null : answer;
    if (whole) finish(line, answer);
  };

  const open = (): Promise<Line> =>
    new Promise((resolve, reject) => {
      const socket = connect({ port: job.port, host: "127.0.0.1", noDelay: true });
      const line: Line = { socket, bytes: Buffer.from(template), dueAt: 0, busy: false, answer: null };
      socket.on("data", (chunk) => receive(line, chunk));
      socket.once("connect", () => resolve(line));
      socket.on("error", (error) => {
        fail(error.message);
        reject(error);
      });
      socket.on("close", () => {
        if (line.busy) fail("the connection was closed");
      });
    });

  /** Requests become due whatever became of the earlier ones. */
  const keepRate = async (ratePerSecond: number, from: number) => {
    for (let index = 0; ; index++) {
      const dueAt = from + (index * 1_000) / ratePerSecond;
      if (!mayStart(dueAt)) return;
      const early = dueAt - performance.now();
      if (early > 0) await pause(early);
      const line = idle.pop();
      if (line) send(line, dueAt);
      else due.push(dueAt);
    }
  };

  return async (): Promise<LoadResult> => {
    const lines = await Promise.all(Array.from({ length: job.connections }, open));
    const from = performance.now();
    measureFrom = from + job.warmSeconds * 1_000;
    until = measureFrom + job.seconds * 1_000;
    for (const line of lines) {
      if (job.ratePerSecond === null && mayStart(from)) send(line, from);
      else idle.push(line);
    }
    if (job.ratePerSecond !== null) await keepRate(job.ratePerSecond, from);
    else if (job.requests === null) await pause(until - performance.now());
    if (idle.length < job.connections) {
      const allIdle = new Promise<void>((resolve) => (onIdle = resolve));
      await Promise.race([allIdle, pause(job.seconds * 1_000 + drainLimitMs)]);
    }
    for (const line of lines) line.socket.destroy();
    const seconds = job.requests === null ? job.seconds : (performance.now() - from) / 1_000;
    const inMs = (percentile: number) => (histogram.count === 0 ? 0 : histogram.percentile(percentile) / 1_000);
    return {
      ...{
        answered: tally.answered,
        sent: tally.sent,
        failures: tally.failures + (tally.sent - tally.finished),
        firstFailure: tally.firstFailure,
      },
      perSecond: tally.answered / seconds,
      latencyMs: { p50: inMs(50), p99: inMs(99), max: histogram.count === 0 ? 0 : histogram.max / 1_000 },
    };
  };
};

const result = await createLoad(parseJob(process.argv[2] ?? "{}"))();
process.stdout.write(JSON.stringify(result));
process.exit(0);
