/** Two tenants with one of everything, people in every state, and both doors to ask at. */
import type { ReachedProcedure } from "@switchboard/api/rest-routes";
import { pathFields } from "@switchboard/api/rest-routes";
import { readKeyRing } from "@switchboard/control/key-ring";
import { startSession } from "@switchboard/control/sessions";
import { createUsers } from "@switchboard/control/users";
import { createPasswords } from "@switchboard/control/passwords";
import { execute, rowsOf } from "@switchboard/control/sql";
import { createRedisClient } from "@switchboard/execution/client";
import type { UserId } from "@switchboard/routing/ids";
import { vi } from "vitest";
import { createAccessTokens } from "../src/auth/access-token.ts";
import { secretKeysOf } from "../src/secret-keys.ts";
import { everyProcedure } from "./every-procedure.ts";
import type { Ids } from "./authorisation-policy.ts";
import { newSession, openDoor } from "./call.ts";
import { startTestServer, type TestTenant } from "./test-server.ts";

/** Stands in everything of tenant B that has a text; it may reach nobody of A. */
export const canary = "canary-of-b";

export type Asked = { status: number; body: string /** Headers and body. */; whole: string };
export type Ask = (token: string | null, input: unknown) => Promise<Asked>;

/** A subscription goes on for ever: it is heard until its first event, or until it says why it ends. */
const firstOf = async (stream: ReadableStream<Uint8Array>): Promise<string> => {
  let text = "";
  const decoder = new TextDecoder();
  for await (const chunk of stream) {
    text += decoder.decode(chunk, { stream: true });
    if (/serialized-error|"type":"/.test(text)) break;
  }
  return text;
};

const statuses: Record<string, number> = { UNAUTHORIZED: 401, FORBIDDEN: 403, BAD_REQUEST: 400, NOT_FOUND: 404 };

/** Over a stream the status has gone out before anybody was asked for: the error comes as its first event. */
const answerOfStream = async (response: Response): Promise<Asked> => {
  const text = response.body ? await firstOf(response.body) : "";
  const [, error] = /event: serialized-error\ndata: (.*)/.exec(text) ?? [];
  const whole = `${JSON.stringify([...response.headers])}${text}`;
  if (error === undefined) return { status: response.status, body: text, whole };
  const { code } = (JSON.parse(error) as { data: { code: string } }).data;
  return { status: statuses[code] ?? 500, body: error, whole };
};

const answerOf = async (response: Response): Promise<Asked> => {
  if (response.headers.get("content-type")?.includes("event-stream") === true) return answerOfStream(response);
  const body = await response.text();
  return { status: response.status, body, whole: `${JSON.stringify([...response.headers])}${body}` };
};

/** An input that is sent as it stands, since no value in memory is quite the same. */
export class RawJson {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

const bearer = (token: string | null): Record<string, string> => (token === null ? {} : { authorization: `Bearer ${token}` });

/** tRPC: queries and subscriptions by GET, mutations by POST, as its own client does. */
export const askTrpc = (base: string, name: string): Ask => {
  const type = everyProcedure.find((procedure) => procedure.name === name)?.type;
  return async (token, input) => {
    const json = input instanceof RawJson ? input.text : input === undefined ? undefined : JSON.stringify(input);
    if (type === "mutation") {
      const headers = { ...bearer(token), "content-type": "application/json" };
      return answerOf(await fetch(`${base}/trpc/${name}`, { method: "POST", headers, body: json ?? "{}" }));
    }
    const query = json === undefined ? "" : `?input=${encodeURIComponent(json)}`;
    return answerOf(await fetch(`${base}/trpc/${name}${query}`, { headers: bearer(token) }));
  };
};

export const askRest = (base: string, { route }: ReachedProcedure): Ask => {
  const inPath = pathFields(route);
  const hasBody = route.method === "POST" || route.method === "PUT";
  return async (token, input) => {
    const fields = Object.entries((input ?? {}) as Record<string, unknown>);
    const path = inPath.reduce(
      (so, name) => so.replace(`{${name}}`, encodeURIComponent(String(fields.find(([key]) => key === name)?.[1]))),
      route.path as string,
    );
    const rest = fields.filter(([name]) => !inPath.includes(name));
    const query = hasBody ? "" : `?${new URLSearchParams(rest.map(([name, value]): [string, string] => [name, String(value)])).toString()}`;
    const headers = { ...bearer(token), ...(hasBody ? { "content-type": "application/json" } : {}) };
    const body = hasBody ? { body: JSON.stringify(Object.fromEntries(rest)) } : {};
    return answerOf(await fetch(`${base}/api${path}${query}`, { method: route.method, headers, ...body }));
  };
};

const fill = async (tenant: TestTenant, text: string): Promise<Omit<Ids, "call" | "auditEntry" | "erasure" | "user" | "export">> => {
  const { agents, groups, inboundRules, outboundRules } = tenant.configuration;
  const agent = await agents.create({
    name: `Agent ${text}`,
    provider: "vapi",
    serviceValue: `sip-${text}`,
    username: text,
    password: text,
  });
  const group = await groups.create({ name: `Group ${text}`, strategy: "priority", members: [{ agentId: agent.item.id }] });
  const fallback = { type: "message", text } as const;
  const inbound = await inboundRules.create({ pattern: "*", targetType: "agent_group", targetId: group.item.id, fallback });
  const outbound = await outboundRules.create({ prefix: "+44", trunkConfig: { trunks: [text] } });
  return { agent: agent.item.id, group: group.item.id, inboundRule: inbound.item.id, outboundRule: outbound.item.id };
};

/** One that is ready; it says what it was narrowed down to. */
const exportedBy = async (base: string, token: string, search: string): Promise<string> => {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const body = JSON.stringify({ format: "csv", search });
  const ordered = await fetch(`${base}/api/call-records/export`, { method: "POST", headers, body });
  const { exportId } = (await ordered.json()) as { exportId: string };
  await vi.waitFor(async () => {
    const answer = await fetch(`${base}/api/exports/${exportId}`, { headers: { authorization: headers.authorization } });
    const { status } = (await answer.json()) as { status: string };
    if (status !== "ready") throw new Error(`the export is ${status}`);
  }, 15_000);
  return exportId;
};

export const openMatrix = async () => {
  const server = await startTestServer(async ({ newTenant }) => {
    const [a, b] = [await newTenant(), await newTenant({ name: `Tenant ${canary}` })];
    return { a, b, inA: await fill(a, "of-a"), inB: await fill(b, canary) };
  });
  const { a, b, inA, inB } = server.configured;
  const { database } = server.configurator;
  const keyRing = readKeyRing(secretKeysOf(null, server.dataDir));
  const tokens = createAccessTokens(keyRing.derive("jwt"));
  const base = await server.app.listen({ host: "127.0.0.1", port: 0 });

  const redis = createRedisClient({ url: server.redis.url, cluster: false, role: "jobs" });

  const newUser = async (tenant: TestTenant, name: string, role: "admin" | "user") => {
    const bound = {
      database,
      keyRing,
      passwords: createPasswords(),
      tenantId: tenant.tenantId,
      actor: { id: null, name: "test" },
      announce: async () => {},
      sessionsEnded: async () => {},
    };
    const user = await createUsers(bound).create({
      email: `${name}@${tenant.domain}`,
      name: tenant === b ? canary : name,
      password: "correct horse battery",
      role,
    });
    return user.id;
  };
  const people = {
    "user A": { tenant: a, id: await newUser(a, "user", "user") },
    "admin A": { tenant: a, id: a.userId },
    "user B": { tenant: b, id: await newUser(b, "user", "user") },
    "admin B": { tenant: b, id: b.userId },
    disabled: { tenant: a, id: await newUser(a, "disabled", "admin") },
    revoked: { tenant: a, id: await newUser(a, "revoked", "admin") },
    "just demoted": { tenant: a, id: await newUser(a, "demoted", "admin") },
  } satisfies Record<string, { tenant: TestTenant; id: UserId }>;

  /** A sign-in of its own for every question: some questions end it. */
  const tokenOf = async (actor: keyof typeof people | "anonymous"): Promise<string | null> => {
    if (actor === "anonymous") return null;
    const { tenant, id } = people[actor];
    if (actor === "just demoted") await execute(database.pool, "UPDATE users SET role = 'admin' WHERE id = ?", [id]);
    const { sessionId } = await startSession(database, tenant.tenantId, id);
    if (actor === "just demoted") await execute(database.pool, "UPDATE users SET role = 'user' WHERE id = ?", [id]);
    if (actor === "disabled") await execute(database.pool, "UPDATE users SET enabled = 0 WHERE id = ?", [id]);
    if (actor === "revoked") await execute(database.pool, "UPDATE sessions SET revoked_at = NOW(3) WHERE id = ?", [sessionId]);
    return tokens.mint({ tenantId: tenant.tenantId, sessionId });
  };

  const idsOf = async (tenant: TestTenant, inTenant: typeof inA): Promise<Ids> => {
    const door = openDoor(server.app, tenant);
    const Session = newSession();
    await door.ring({ Session, From: "+14155550177", To: "+15550100000", CallerName: canary });
    // Over, and all of it written: nothing about it changes by itself while questions are asked.
    await door.cdr({ session: { token: Session }, disposition: "ANSWER", billsec: 3 });
    const call = await vi.waitFor(async () => {
      const ended = "SELECT id FROM call_records WHERE tenant_id = ? AND ended_at IS NOT NULL";
      const [row] = await rowsOf<{ id: string }>(database.pool, ended, [tenant.tenantId]);
      const answers = await rowsOf(database.pool, "SELECT status FROM webhook_answers WHERE tenant_id = ?", [tenant.tenantId]);
      if (row === undefined || answers.length < 2) throw new Error("not all is written yet");
      return row.id;
    }, 10_000);
    const [entry] = await rowsOf<{ id: string }>(
      database.pool,
      "SELECT id FROM audit_log WHERE tenant_id = ? AND action = 'agent.created'",
      [tenant.tenantId],
    );
    const { sessionId } = await startSession(database, tenant.tenantId, tenant.userId);
    const exported = await exportedBy(base, await tokens.mint({ tenantId: tenant.tenantId, sessionId }), tenant === b ? canary : "of-a");
    const erasure = `era_${tenant.tenantId.slice(4)}`;
    const receipt = `INSERT INTO erasures (tenant_id, id, actor_name, created_at, masked, guarded_until, status, changed, named_by)
      VALUES (?, ?, ?, NOW(3), '+1555•••8999', NOW(3), 'done', '{}', '[]')`;
    await execute(database.pool, receipt, [tenant.tenantId, erasure, tenant === b ? canary : "somebody"]);
    // Their last admin, who stays however often somebody asks for the contrary.
    return { ...inTenant, call, erasure, auditEntry: entry!.id, user: tenant.userId, export: exported };
  };

  return {
    base,
    a: { tenantId: a.tenantId, ids: await idsOf(a, inA) },
    b: { tenantId: b.tenantId, ids: await idsOf(b, inB) },
    pool: database.pool,
    logs: server.logs,
    tokenOf,
    /** Thousands of questions from one address are no attack here. */
    forgetLimits: async () => {
      const keys = await redis.keys("{limit:*");
      if (keys.length > 0) await redis.del(...keys);
    },
    stop: async () => {
      redis.disconnect();
      await server.stop();
    },
  };
};
export type MatrixWorld = Awaited<ReturnType<typeof openMatrix>>;
