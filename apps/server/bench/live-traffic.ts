/** A process that plays short calls at a fixed rate: a request, two updates and a CDR each, which are four events. */
import { randomBytes } from "node:crypto";
import { createHistogram } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { Pool } from "undici";
import { parseTraffic, type Played, type Traffic } from "./live-job.ts";

const job = parseTraffic(process.argv[2] ?? "{}");
const pool = new Pool(job.url, { connections: 64 });
const voice = createHistogram();
const tally: { calls: number; failures: number; firstFailure: string | null } = { calls: 0, failures: 0, firstFailure: null };

const post = async (path: string, token: string, body: object): Promise<void> => {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const reply = await pool.request({ method: "POST", path, headers, body: JSON.stringify(body) });
  const text = await reply.body.text();
  if (reply.statusCode >= 300) throw new Error(`${path}: ${reply.statusCode} ${text.slice(0, 200)}`);
};

const play = async ({ tenantKey, webhookToken, domain }: Traffic["tenants"][number], dueAt: number) => {
  const token = randomBytes(16).toString("hex");
  const update = (status: string) => post(`/api/webhooks/session-update/${tenantKey}`, webhookToken, { domain, token, status });
  const call = { Session: token, From: "+15550100001", To: "+15550100002", Direction: "inbound", Domain: domain };
  await post(`/api/webhooks/voice-application/${tenantKey}`, webhookToken, call);
  voice.record(Math.max(1, Math.round((performance.now() - dueAt) * 1_000)));
  await pause(200);
  await update("ringing");
  await pause(300);
  await update("connected");
  await pause(1_500);
  const billing = { domain, call_id: token, disposition: "ANSWERED", duration: 2, billsec: 1, session: { token } };
  await post(`/api/webhooks/cdr/${tenantKey}`, webhookToken, billing);
};

const began = performance.now();
const playing: Promise<void>[] = [];
for (; tally.calls < job.callsPerSecond * job.seconds; tally.calls += 1) {
  const dueAt = began + (tally.calls * 1_000) / job.callsPerSecond;
  const early = dueAt - performance.now();
  if (early > 0) await pause(early);
  const tenant = job.tenants[tally.calls % job.tenants.length];
  if (tenant === undefined) break;
  playing.push(
    play(tenant, dueAt).catch((error: unknown) => {
      tally.failures += 1;
      tally.firstFailure ??= String(error);
    }),
  );
}
await Promise.all(playing);
const voiceMs = { p50: voice.percentile(50) / 1_000, p99: voice.percentile(99) / 1_000, max: voice.max / 1_000 };
process.stdout.write(JSON.stringify({ ...tally, voiceMs } satisfies Played));
process.exit(0);
