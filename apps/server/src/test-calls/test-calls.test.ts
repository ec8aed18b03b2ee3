import { createServer, type RequestListener, type Server } from "node:http";
import { once } from "node:events";
import { callIdOf } from "@switchboard/control/ids";
import type { AdvanceRequest } from "@switchboard/execution/advance";
import { tenantId } from "@switchboard/routing/ids";
import { compilePlan } from "@switchboard/routing/plan";
import { createRuleMap } from "@switchboard/routing/rule-map";
import { pino } from "pino";
import { afterEach, expect, test, vi } from "vitest";
import { ownAddressOf } from "../own-address.ts";
import { createTestTokens } from "../webhook/test-token.ts";
import { createTestCalls } from "./test-calls.ts";

const tenant = tenantId("ten_00000000000000000001");
const plan = compilePlan({
  version: 1,
  tenant: {
    id: tenant,
    key: "path-key",
    name: "Tenant",
    domain: "tenant.example",
    aliases: [],
    country: null,
    fallback: null,
    maxConcurrentCalls: null,
  },
  agents: [],
  groups: [],
  inboundRules: createRuleMap(),
  outboundRules: createRuleMap(),
});
const entry = {
  ...{ id: tenant, keys: [{ value: "path-key", validUntil: null }], tokens: [], domains: new Set(["tenant.example"]) },
  ...{ reportsCarryBearer: false, plan },
};
const input = { to: "+15550100001", from: "", course: "answered" } as const;

let servers: Server[] = [];
afterEach(async () => {
  const closing = servers.map((server) => once(server, "close"));
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  servers = [];
  await Promise.all(closing);
});

const open = async (listener: RequestListener) => {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  servers.push(server);
  const accepted: AdvanceRequest[] = [];
  const calls = createTestCalls({
    tokens: createTestTokens([{ id: "k1", key: new Uint8Array(32).fill(1) }]),
    entryOf: (id) => (id === tenant ? entry : undefined),
    callIdOf,
    ownAddress: () => ownAddressOf(server),
    accept: async (report) => void accepted.push(report),
    now: () => Date.now(),
    logger: pino({ level: "silent" }),
  });
  return { calls, accepted };
};

test("a call that the door does not take ends as failed, in words", async () => {
  const { calls, accepted } = await open((_request, response) => response.writeHead(403).end("<Response><Hangup/></Response>"));
  const { callId } = calls.place(tenant, input);
  await vi.waitFor(() => expect(accepted).toHaveLength(1), 60_000);
  expect(accepted[0]).toMatchObject({
    callId,
    facts: { test: true, from: "anonymous", to: "+15550100001" },
    report: { word: "test broken off: the door answered 403", evidence: { state: "failed", rank: 4 } },
  });
});

test("a server that stops waits for nobody: its calls end as failed, in words, and no more are placed", async () => {
  let asked = 0;
  const { calls, accepted } = await open(() => void (asked += 1));
  calls.place(tenant, input);
  calls.place(tenant, { ...input, course: "nobody_answers" });
  await vi.waitFor(() => expect(asked).toBe(2), 60_000);
  await calls.stop();
  expect(accepted.map(({ report }) => report.word)).toEqual(["test broken off: this server stops", "test broken off: this server stops"]);
  expect(() => calls.place(tenant, input)).toThrow("No test call can be placed now");
});
