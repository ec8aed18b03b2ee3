/** A REST server that plays Cloudonix: every request is held against the description first, answered from memory, and remembered. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type Described, type RawRequest, readDescription } from "./description.ts";
import { createMoods, misbehaveNow } from "./misbehaviour.ts";
import { type Answer, type Asker, createOperations, type PlaceCall, refusal } from "./operations.ts";
import { createPlatform, type Platform } from "./platform.ts";
import { createPlayedSessions } from "./played-sessions.ts";

const mostRemembered = 1_000;

/** `problems`: what the description objects to, in words; such a request was answered 400. */
export type RememberedRequest = { operation: string | null; method: string; path: string; body: string; problems: string[] };

async function readRequest(request: IncomingMessage): Promise<RawRequest> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(Buffer.from(piece));
  const [path = "", query = ""] = (request.url ?? "").split("?", 2);
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, value ?? ""]));
  return { method: request.method ?? "", path, query, headers, body: Buffer.concat(pieces).toString() };
}

const keyIn = ({ headers }: RawRequest): string => /^Bearer (XI[0-9a-f]{32})$/.exec(String(headers["authorization"]))?.[1] ?? "";

const askerOf = (platform: Platform, key: string): Asker | null =>
  key === platform.customerKey ? "customer" : (platform.ofKey(key) ?? null);

type Operate = (asker: Asker | null, described: Described) => Answer;

const createOperate =
  (platform: Platform, operations: ReturnType<typeof createOperations>): Operate =>
  (asker, { operation, problems, parameters, body }) => {
    if (problems.length > 0) return refusal(400, problems.join("; "));
    if (asker === null) return refusal(401, "no such key");
    const domain = platform.find(parameters["domain"] ?? "");
    if (domain === undefined) return refusal(404, "domain not found");
    if (asker !== "customer" && asker !== domain) return refusal(403, "not with this key");
    return operations[operation ?? ""]?.({ domain, parameters, body }) ?? refusal(500, `${operation} is not played`);
  };

/** Port 0: any that is free. `place` plays the calls that somebody asks for; without it they are only answered. */
export async function serveCloudonix({ port = 0, place = () => {} }: { port?: number; place?: PlaceCall } = {}) {
  const platform = createPlatform();
  const sessions = createPlayedSessions();
  const moods = createMoods();
  const describe = await readDescription();
  const operate = createOperate(platform, createOperations({ platform, sessions, place }));
  let requests: RememberedRequest[] = [];

  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const raw = await readRequest(incoming);
    const described = await describe(raw);
    const { operation, problems } = described;
    requests = [...requests.slice(1 - mostRemembered), { operation, method: raw.method, path: raw.path, body: raw.body, problems }];
    const mood = moods.for(operation);
    if (mood !== null) return misbehaveNow(mood, incoming, response);
    const { status, body } = operate(askerOf(platform, keyIn(raw)), described);
    response.writeHead(status, { "content-type": "application/json" }).end(body === null ? undefined : JSON.stringify(body));
  };

  const server = createServer((incoming, response) => {
    handle(incoming, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The played platform has no port.");

  return {
    url: `http://127.0.0.1:${address.port}`,
    platform,
    sessions,
    misbehave: moods.misbehave,
    behave: moods.behave,
    /** The newest thousand, oldest first. */
    requests: (): readonly RememberedRequest[] => requests,
    /** Those that the description knows nothing of: a client sends none. */
    invalidRequests: (): readonly RememberedRequest[] => requests.filter(({ problems }) => problems.length > 0),
    forgetRequests: (): void => {
      requests = [];
    },
    [Symbol.asyncDispose]: async (): Promise<void> => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
