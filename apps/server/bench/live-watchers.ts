/** A process full of consoles: opens sockets, follows live events, and says at its end how late they came and how many. */
import { writeFileSync } from "node:fs";
import { createHistogram } from "node:perf_hooks";
import { WebSocket } from "ws";
import { parseWatch, type Watched } from "./live-job.ts";

const job = parseWatch(process.argv[2] ?? "{}");
const lag = createHistogram();
const tally = { events: 0, started: 0, broken: 0 };

const ping = Buffer.from("PING");
const idName = Buffer.from('"id":"');
const startOfCall = Buffer.from('"type":"call.started"');
const following = Buffer.from('"type":"started"');

/** Looked at as bytes: reading each message would cost as much as sending it. */
const onMessage = (socket: WebSocket, message: Buffer, onStarted: () => void) => {
  if (message.equals(ping)) return socket.send("PONG");
  const at = message.indexOf(idName);
  if (at < 0) {
    if (message.includes(following)) return onStarted();
    tally.broken += 1;
    return;
  }
  tally.events += 1;
  if (message.includes(startOfCall)) tally.started += 1;
  const journaledAt = Number.parseInt(message.toString("latin1", at + idName.length, at + idName.length + 16), 10);
  lag.record(Math.max(1, Date.now() - journaledAt));
};

/** Resolves when it follows. */
const open = (token: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`${job.url}/trpc?connectionParams=1`, { perMessageDeflate: false });
    socket.on("open", () => {
      socket.send(JSON.stringify({ method: "connectionParams", data: { token } }));
      socket.send(JSON.stringify({ id: 1, method: "subscription", params: { path: "live.events" } }));
    });
    socket.on("message", (data: Buffer) => onMessage(socket, data, resolve));
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
