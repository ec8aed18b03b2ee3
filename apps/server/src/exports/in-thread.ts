/** Writes exports in threads of their own: a call is never behind a page of records in the queue of the event loop. */
import { Worker } from "node:worker_threads";
import type { ExportName } from "@switchboard/control/exports";
import type { ExportPlace } from "../config.ts";
import type { ExportEnd } from "./write-export.ts";

export type ThreadOrder = { databaseUrl: string; place: ExportPlace; name: ExportName; fence: number };

/** Causes are told as facts: an error does not survive the way. */
export type ThreadTold = ExportEnd;

export type WriteInThread = (order: ThreadOrder, signal: AbortSignal) => Promise<ThreadTold>;

/** A page that takes longer than this when it is told to stop is broken off; what is safe is gone on from. */
const longestStopMs = 5_000;
/** Pages come and go; whatever wants more than this has gone wrong. */
const heapMb = 96;
/** Garbage is made by the page: more room for it would only be held. */
const youngMb = 8;

export const writeInThread: WriteInThread = (order, signal) =>
  new Promise((resolve, reject) => {
    const thread = new Worker(new URL("./export-thread.ts", import.meta.url), {
      workerData: order,
      resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: youngMb },
    });
    let told: ThreadTold | null = null;
    let timer: NodeJS.Timeout | undefined;
    const stop = () => {
      thread.postMessage("stop", []);
      timer = setTimeout(() => void thread.terminate(), longestStopMs);
    };
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
    thread.once("message", (end: ThreadTold) => {
      told = end;
    });
    thread.once("error", reject);
    thread.once("exit", () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
      resolve(told ?? { kind: "interrupted", cause: null });
    });
  });
