/** What a case of bad input is, and how one is made from a good request by spoiling a part of it. */
import { createHash } from "node:crypto";

export const routes = ["voice", "dial_result", "session_update", "cdr"] as const;
export type Route = (typeof routes)[number];

/** The tenants and the call that the cases play with; their secrets must be real for the refusals to mean anything. */
export type BadInputContext = {
  tenant: { tenantKey: string; webhookToken: string; domain: string };
  other: { tenantKey: string; webhookToken: string; domain: string };
  revokedToken: string;
  /** A call that waits for a dial's result: path and query of its action URL. */
  dial: { session: string; actionPath: string };
  /** The same of the other tenant's. */
  otherDial: { session: string; actionPath: string };
  /** Stands in texts that must not turn up in a log. */
  canary: string;
};

export type CaseBody =
  | { kind: "bytes"; bytes: Buffer }
  /** Sent in pieces without a declared length; endless ones stop when the answer comes. */
  | { kind: "pieces"; pieces: () => Iterable<Buffer>; pauseMs: number }
  /** Declares a length and never sends so much. */
  | { kind: "declared"; length: number; start: Buffer };

export type BadCase = {
  name: string;
  route: Route;
  method: string;
  /** Path and query. */
  path: string;
  /** In order, names may repeat. */
  headers: [string, string][];
  body: CaseBody;
  /** One for fixed cases; for generated ones every status that the contract allows there. */
  expected: readonly number[];
};

export type Fields = Record<string, unknown>;

/** What a good request is accepted with. */
export const acceptedStatus = (route: Route): number => (route === "voice" || route === "dial_result" ? 200 : 204);

export const isVoiceRoute = (route: Route): boolean => acceptedStatus(route) === 200;

export const bytes = (content: string | Buffer): CaseBody => ({
  kind: "bytes",
  bytes: typeof content === "string" ? Buffer.from(content) : content,
});
export const jsonBody = (value: unknown): CaseBody => bytes(JSON.stringify(value));

const tokenOf = (name: string): string => createHash("sha256").update(name).digest("hex").slice(0, 32);

const voiceFields = (context: BadInputContext, session: string): Fields => ({
  CallSid: session,
  Session: session,
  From: "+15552345678",
  To: "+15550100001",
  CallerName: `Ada ${context.canary}`,
  Direction: "inbound",
  CallStatus: "in-progress",
  Diverted: "+15550100099@example.net",
  AssertedIdentity: "+15552345678",
  ApiVersion: "1",
  AccountSid: context.tenant.domain,
  Domain: context.tenant.domain,
  SessionData: {
    id: 4711,
    domainId: 42,
    destination: "+15550100001",
    callerId: "+15552345678",
    direction: "incoming",
    token: session,
    callIds: [`${session}@10.0.0.5`],
    callStartTime: 1_767_225_600_000,
    status: "processing",
    vappServer: "10.0.0.9",
    ringing: true,
    domainNameOrId: context.tenant.domain,
    profile: { "inbound-trunk-id": 7, "trunk-sip-headers": { CID: `${session}@10.0.0.5` } },
  },
});

const updateFields = (context: BadInputContext, session: string): Fields => ({
  id: 4711,
  eventId: `e-${session}`,
  token: session,
  domainId: 42,
  domain: context.tenant.domain,
  subscriberId: null,
  callerId: "+15552345678",
  destination: "+15550100001",
  direction: "incoming",
  status: "ringing",
  action: "update",
  reason: null,
  createdAt: "2026-01-01T00:00:00Z",
  modifiedAt: "2026-01-01T00:00:07Z",
  callStartTime: 1_767_225_600_000,
  callAnswerTime: 1_767_225_607_000,
  answerTime: "2026-01-01T00:00:07Z",
  timeLimit: null,
  vappServer: "10.0.0.9",
  lastError: `nothing ${context.canary}`,
  callIds: [`${session}@10.0.0.5`],
  profile: {},
});

const cdrFields = (context: BadInputContext, session: string): Fields => ({
  timestamp: 1_767_225_690,
  call_id: `${session}@10.0.0.5`,
  domain: context.tenant.domain,
  subscriber: `nobody ${context.canary}`,
  from: "+15552345678",
  to: "+15550100001",
  disposition: "ANSWER",
  duration: 90,
  billsec: 83,
  cx_trunk_id: 7,
  application: "lb-inbound",
  route: null,
  rated_cost: 0.1,
  vapp_server: "10.0.0.9",
  recording_url: null,
  session: {
    id: 4711,
    token: session,
    status: "answer",
    callStartTime: 1_767_225_600_000,
    callAnswerTime: 1_767_225_607_000,
    callEndTime: 1_767_225_690_000,
  },
  owner: { domain: { name: context.tenant.domain, uuid: "00000000-0000-0000-0000-000000000001" } },
});

/** A good request's fields. Each name is a call of its own, but dial results, which belong to the one that waits. */
export function goodFields(context: BadInputContext, route: Route, name: string): Fields {
  switch (route) {
    case "voice":
      return voiceFields(context, tokenOf(name));
    case "dial_result":
      return { ...voiceFields(context, context.dial.session), DialCallStatus: "busy" };
    case "session_update":
      return updateFields(context, tokenOf(name));
    case "cdr":
      return cdrFields(context, tokenOf(name));
  }
}

export function goodPath(context: BadInputContext, route: Route): string {
  const key = context.tenant.tenantKey;
  switch (route) {
    case "voice":
      return `/api/webhooks/voice-application/${key}`;
    case "dial_result":
      return context.dial.actionPath;
    case "session_update":
      return `/api/webhooks/session-update/${key}`;
    case "cdr":
      return `/api/webhooks/cdr/${key}`;
  }
}

export type Spoiled = {
  method?: string;
  path?: string;
  /** Undefined takes a header away. */
  headers?: Record<string, string | undefined>;
  /** More of them, after the others. */
  extraHeaders?: [string, string][];
  body?: CaseBody;
};

/** Makes a case: the good request of the route with what is given in place of its parts. */
export type MakeCase = (route: Route, name: string, spoiled: Spoiled, expected: number | readonly number[]) => BadCase;

export const createMakeCase =
  (context: BadInputContext): MakeCase =>
  (route, name, spoiled, expected) => {
    const headers: Record<string, string | undefined> = {
      authorization: `Bearer ${context.tenant.webhookToken}`,
      "content-type": "application/json",
      "user-agent": "Cloudonix/5.3",
      ...spoiled.headers,
    };
    const kept = Object.entries(headers).flatMap(([key, value]): [string, string][] => (value === undefined ? [] : [[key, value]]));
    return {
      name: `${route}: ${name}`,
      route,
      method: spoiled.method ?? "POST",
      path: spoiled.path ?? goodPath(context, route),
      headers: [...kept, ...(spoiled.extraHeaders ?? [])],
      body: spoiled.body ?? jsonBody(goodFields(context, route, name)),
      expected: typeof expected === "number" ? [expected] : expected,
    };
  };
