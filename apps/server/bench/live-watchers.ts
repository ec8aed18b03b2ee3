/** A process full of consoles: opens sockets, follows live events, and says at its end how late they came and how many. */
import { writeFileSync } from "node:fs";
import { createHistogram } from "node:perf_hooks";
import { WebSocket } from "ws";
import { parseWatch, type Watched } from "./live-job.ts";

const job = parseWatch(process.argv[2] ?? "{}");
const lag = createHistogram();
const tally = { events: 0, started: 0, broken: 0 };

const onMessage = (socket: WebSocket, text: string, onStarted: () => void) => {
  if (text === "PING") return socket.send("PONG");
  if (text.includes('"type":"started"')) return onStarted();
  const journaledAt = /"id":"(\d+)-\d+"/.exec(text)?.[1];
  if (journaledAt === undefined) {
    tally.broken += 1;
    return;
  }
  tally.events += 1;
  if (text.includes('"type":"call.started"')) tally.started += 1;
  lag.record(Math.max(1, Date.now() - Number(journaledAt)));
};

/** Resolves when it follows. */
const open = (token: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`${job.url}/trpc?connectionParams=1`);
    socket.on("open", () => {
      socket.send(JSON.stringify({ method: "connectionParams", data: { token } }));
      socket.send(JSON.stringify({ id: 1, method: "subscription", params: { path: "live.events" } }));
    });
    socket.on("message", (data: Buffer) => onMessage(socket, data.toString(), resolve));
    socket.on("error", reject);
    socket.on("close", () => (tally.broken += 1));
  });

const save = () => {
  const { events, started, broken } = tally;
  const lagMs = { p50: lag.percentile(50), p99: lag.percentile(99), max: lag.max };
  writeFileSync(
    job.resultFile,
    JSON.stringify({ events, started, broken, lagMs: events === 0 ? { p50: 0, p99: 0, max: 0 } : lagMs } satisfies Watched),
  );
};
process.on("SIGTERM", () => {
  save();
  process.exit(0);
});

for (const { token, sockets } of job.people) await Promise.all(Array.from({ length: sockets }, () => open(token)));
writeFileSync(job.readyFile, "");
