/** Writes exports in processes of their own: no call is behind a page of records in the queue of the event loop, nor behind the garbage it makes. */
import { fork } from "node:child_process";
import type { ExportName } from "@switchboard/control/exports";
import type { ExportPlace } from "../config.ts";
import type { ExportEnd } from "./write-export.ts";

export type ExportOrder = { databaseUrl: string; place: ExportPlace; name: ExportName; fence: number };

/** Causes are told as facts: an error does not survive the way. */
export type ExportTold = ExportEnd;

/** What goes to the process: its order first, then at most that it is to stop. It ends by itself when whoever started it is gone. */
export type ToExport = { order: ExportOrder } | "stop";
type Said = { end: ExportTold } | { failed: string };
/** What comes from it, once. */
export type FromExport = { said: Said };

export type WriteInProcess = (order: ExportOrder, signal: AbortSignal) => Promise<ExportTold>;

const program = new URL("./export-process.ts", import.meta.url);
/** A page that takes longer than this when it is told to stop is broken off; what is safe is gone on from. */
const longestStopMs = 5_000;
/** Pages come and go; whatever wants more than this has gone wrong. Garbage is made by the page: more room for it would only be held. */
const memory = ["--max-old-space-size=96", "--max-semi-space-size=2"];

export const writeInProcess: WriteInProcess = (order, signal) =>
  new Promise((resolve, reject) => {
    const child = fork(program, { execArgv: memory, serialization: "advanced", stdio: ["ignore", "ignore", "inherit", "ipc"] });
    let told: Said | null = null;
    let timer: NodeJS.Timeout | undefined;
    const say = (what: ToExport) => child.connected && child.send(what);
    const stop = () => {
      say("stop");
      timer = setTimeout(() => child.kill("SIGKILL"), longestStopMs);
    };
    say({ order });
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
    // Under `npm run dev` Node itself says by the same way which files it has read.
    child.on("message", ({ said }: Partial<FromExport>) => {
      told = said ?? told;
    });
    const over = (code: number | null, killedBy: NodeJS.Signals | null) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
      if (told !== null) return "end" in told ? resolve(told.end) : reject(new Error(told.failed));
      if (signal.aborted || killedBy === "SIGKILL") return resolve({ kind: "interrupted", cause: null });
      reject(new Error(`the process that wrote it ended with ${killedBy ?? code}`));
    };
    child.on("error", (error) => {
      // It never began, or could not be spoken to: what comes of that is told by its end, where it has one.
      if (child.pid === undefined) reject(error);
    });
    child.once("close", over);
  });
