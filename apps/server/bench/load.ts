/** Sends voice requests at one of the two servers from a process of its own, and insists that each was answered with a dial. */
import type { FilledTenant } from "./bench-tenant.ts";
import { type LoadJob, type LoadResult, parseResult } from "./load-job.ts";
import { runNode } from "./node-process.ts";
import { voiceBytes } from "./voice-bytes.ts";

const generator = new URL("./load-generator.ts", import.meta.url);

export type Pace = Omit<LoadJob, "port" | "request">;

const sendAll = async (port: number, request: string, pace: Pace): Promise<LoadResult> => {
  const limitMs = Math.ceil(pace.warmSeconds + pace.seconds * 2) * 1_000 + 30_000;
  const result = parseResult(await runNode(generator, [JSON.stringify({ ...pace, port, request })], limitMs));
  if (result.failures > 0)
    throw new Error(`${result.failures} of ${result.sent} requests were not answered with a dial. The first:\n${result.firstFailure}`);
  return result;
};

export const loadProduct = (port: number, tenant: FilledTenant, pace: Pace): Promise<LoadResult> => {
  const { tenantKey, webhookToken: token, domain } = tenant;
  return sendAll(port, voiceBytes({ path: `/api/webhooks/voice-application/${tenantKey}`, token, domain, to: "+15550100002" }), pace);
};

/** The same request, so that the same JSON is parsed. */
export const loadBaseline = (port: number, pace: Pace): Promise<LoadResult> =>
  sendAll(port, voiceBytes({ path: "/voice", token: "0".repeat(43), domain: "bench-10.example", to: "+15550100002" }), pace);

export const closedLoop = (connections: number, seconds: number): Pace => ({
  ...{ connections, seconds, warmSeconds: Math.min(1, seconds / 3), ratePerSecond: null, requests: null },
});

export const atRate = (ratePerSecond: number, seconds: number): Pace => ({
  connections: 64,
  seconds,
  warmSeconds: 1,
  ratePerSecond,
  requests: null,
});

/** So many, one at a time. */
export const oneByOne = (requests: number): Pace => ({ connections: 1, seconds: 60, warmSeconds: 0, ratePerSecond: null, requests });
