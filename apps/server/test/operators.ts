/** Three tenants on a whole server that listens, and clients that speak to its operators' door as a console does. */
import type { AppRouter } from "@switchboard/api/router";
import type { LiveEvent } from "@switchboard/api/schemas/live-event";
import { execute } from "@switchboard/control/sql";
import {
  createTRPCClient,
  createWSClient,
  httpLink,
  httpSubscriptionLink,
  splitLink,
  type TRPCClient,
  TRPCClientError,
  wsLink,
} from "@trpc/client";
import { EventSource } from "eventsource";
import { WebSocket } from "ws";
import { newSession, openDoor } from "./call.ts";
import { startTestServer, type TestTenant } from "./test-server.ts";

const configure = async (tenant: TestTenant) => {
  const { agents, groups, inboundRules } = tenant.configuration;
  const ids: string[] = [];
  for (const name of ["Ava", "Bruno"]) {
    const { item } = await agents.create({
      name,
      provider: "vapi",
      serviceValue: "+15550100101",
      username: "user-canary",
      password: "password-canary",
    });
    ids.push(item.id);
  }
  const group = await groups.create({
    name: "Sales",
    strategy: "priority",
    members: ids.map((agentId, index) => ({ agentId, priority: index + 1 })),
  });
  await inboundRules.create({ pattern: "*", targetType: "agent_group", targetId: group.item.id });
};

type Token = { current: string | null };

export const openClientOf = (base: string) => (token: Token) => {
  const socket = createWSClient({
    url: `${base.replace("http", "ws")}/trpc`,
    WebSocket: WebSocket as never,
    connectionParams: () => ({ token: token.current ?? "" }),
    lazy: { enabled: true, closeMs: 0 },
  });
  const api: TRPCClient<AppRouter> = createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === "subscription",
        true: wsLink({ client: socket }),
        false: httpLink({
          url: `${base}/trpc`,
          headers: () => (token.current === null ? {} : { authorization: `Bearer ${token.current}` }),
        }),
      }),
    ],
  });
  return { api, socket, [Symbol.asyncDispose]: () => socket.close() };
};

/** A client whose events come over SSE, the token in a header as always; `answers` are those it was given, one for each connection. */
export const openSse = (base: string, token: Token) => {
  const answers: Response[] = [];
  const follow: typeof fetch = async (input, init) => {
    const headers = { ...Object.fromEntries(new Headers(init?.headers)), authorization: `Bearer ${token.current}` };
    const answer = await fetch(input, { ...init, headers });
    answers.push(answer);
    return answer;
  };
  const api: TRPCClient<AppRouter> = createTRPCClient<AppRouter>({
    links: [httpSubscriptionLink({ url: `${base}/trpc`, EventSource, eventSourceOptions: { fetch: follow } })],
  });
  return { api, answers };
};

/** The code and the words that a client was refused with. */
export const failureOf = async (work: Promise<unknown>): Promise<{ code: string | undefined; message: string }> => {
  try {
    await work;
  } catch (error) {
    if (error instanceof TRPCClientError) return { code: error.data?.code, message: error.message };
    throw error;
  }
  throw new Error("it was answered");
};

export type Told = { id: string; type: string; callId: string | null };

/** Listens to live events and writes down what was told. */
export const follow = (api: TRPCClient<AppRouter>, lastEventId: string | null) => {
  const told: Told[] = [];
  const events: LiveEvent[] = [];
  let failure: string | undefined;
  let interruption: string | undefined;
  let isStarted = false;
  const subscription = api.live.events.subscribe(lastEventId === null ? undefined : { lastEventId }, {
    onStarted: () => (isStarted = true),
    onData: ({ id, data }) => {
      told.push({ id, type: data.type, callId: "callId" in data.data ? data.data.callId : null });
      events.push(data);
    },
    onError: (error) => (failure = error.data?.code),
    // What the client itself tries again after.
    onConnectionStateChange: ({ error }) => (interruption = error?.data?.code ?? interruption),
  });
  return {
    told,
    events,
    failure: () => failure,
    interruption: () => interruption,
    isStarted: () => isStarted,
    stop: () => subscription.unsubscribe(),
  };
};

/** A call that somebody answers; `end` hangs it up and brings its CDR. */
export const playCallOn =
  (app: Parameters<typeof openDoor>[0]) =>
  async (tenant: TestTenant, { from = "+14155550100", firstIsBusy = false } = {}) => {
    const door = openDoor(app, tenant);
    const Session = newSession();
    let dialled = await door.ring({ Session, From: from });
    await door.update({ token: Session, status: "ringing" });
    if (firstIsBusy) dialled = await door.report(dialled.document, { Session, From: from, DialCallStatus: "busy" });
    await door.update({ token: Session, status: "connected" });
    return {
      Session,
      end: async () => {
        await door.report(dialled.document, { Session, From: from, DialCallStatus: "completed" });
        await door.cdr({ call_id: Session, disposition: "ANSWERED", duration: 5, billsec: 3, session: { token: Session } });
      },
    };
  };

export const openOperators = async () => {
  const server = await startTestServer(async ({ newTenant }) => {
    const tenants = { own: await newTenant(), other: await newTenant(), watcher: await newTenant() };
    for (const tenant of Object.values(tenants)) await configure(tenant);
    return tenants;
  });
  const base = await server.app.listen({ host: "127.0.0.1", port: 0 });
  const openClient = openClientOf(base);
  return {
    base,
    tenants: server.configured,
    app: server.app,
    database: server.configurator.database,
    logs: server.logs,
    redis: server.redis,
    dataDir: server.dataDir,
    startAnother: server.startAnother,
    openClient,
    /** At another process's door. */
    openClientTo: (address: string, token: Token) => openClientOf(address)(token),
    /** Breaks every connection but the sockets. */
    cutStreams: () => server.app.server.closeAllConnections(),
    playCall: playCallOn(server.app),
    setUser: (email: string, change: "enabled = 0" | "enabled = 1" | "role = 'user'" | "role = 'admin'") =>
      execute(server.configurator.database.pool, `UPDATE users SET ${change} WHERE email = ?`, [email]),
    signIn: async ({ email, password }: { email: string; password: string }) => {
      const token: Token = { current: null };
      const client = openClient(token);
      const signedIn = await client.api.auth.login.mutate({ email, password });
      token.current = signedIn.accessToken;
      return { ...client, token, signedIn };
    },
    stop: server.stop,
  };
};

export type Operators = Awaited<ReturnType<typeof openOperators>>;
