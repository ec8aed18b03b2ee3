/** A process that keeps so many calls on the line, all connected, and lets one end and another begin so many times a second. */
import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { Pool } from "undici";
import { parseBusyLine } from "./console-job.ts";

const job = parseBusyLine(process.argv[2] ?? "{}");
const { tenantKey, webhookToken, domain } = job.tenant;
const pool = new Pool(job.url, { connections: 32 });
/** How many calls are begun side by side while the line fills. */
const atOnce = 16;

const post = async (path: string, body: object): Promise<void> => {
  const headers = { authorization: `Bearer ${webhookToken}`, "content-type": "application/json" };
  const reply = await pool.request({ method: "POST", path: `/api/webhooks/${path}/${tenantKey}`, headers, body: JSON.stringify(body) });
  const text = await reply.body.text();
  if (reply.statusCode >= 300) throw new Error(`${path}: ${reply.statusCode} ${text.slice(0, 200)}`);
};

const update = (token: string, status: string) => post("session-update", { domain, token, status });

const begin = async (): Promise<string> => {
  const token = randomBytes(16).toString("hex");
  await post("voice-application", {
    Session: token,
    From: `+1415555${String(Math.floor(Math.random() * 10_000)).padStart(4, "0")}`,
    To: "+15550100002",
    Direction: "inbound",
    Domain: domain,
  });
  await update(token, "ringing");
  await update(token, "connected");
  return token;
};

const end = (token: string) =>
  post("cdr", { domain, call_id: token, disposition: "ANSWERED", duration: 2, billsec: 1, session: { token } });

const calls: string[] = [];
const fill = async () => {
  while (calls.length < job.calls) calls.push(await begin());
};
await Promise.all(Array.from({ length: atOnce }, fill));
writeFileSync(job.readyFile, String(calls.length));

// Four events a turn: an end, a start, and two updates.
const turnMs = 4_000 / job.eventsPerSecond;
for (let dueAt = performance.now(); job.eventsPerSecond > 0; dueAt += turnMs) {
  await pause(Math.max(0, dueAt - performance.now()));
  const oldest = calls.shift();
  if (oldest === undefined) break;
  await Promise.all([end(oldest), begin().then((token) => calls.push(token))]);
}
