/** How a REST server disappoints, on demand: each way as a client would meet it. */
import type { IncomingMessage, ServerResponse } from "node:http";

export type Misbehaviour =
  /** The connection is broken off before an answer. */
  | { kind: "refuse" }
  /** No answer, ever. */
  | { kind: "hang" }
  | { kind: "status"; status: 400 | 401 | 403 | 404 | 429 | 500 | 503 }
  /** A byte from time to time, and no end. */
  | { kind: "drip"; everyMs: number }
  | { kind: "huge"; megabytes: number }
  | { kind: "bad_json" }
  /** A list with nothing in it, whatever there is. */
  | { kind: "nothing_listed" }
  | { kind: "redirect"; to: string };

/** How often: null until told otherwise. `operation` names the one it is for, as the description does; null all of them. */
type Mood = { how: Misbehaviour; times: number | null; operation: string | null };

export function createMoods() {
  let moods: Mood[] = [];
  return {
    misbehave: (how: Misbehaviour, { times = null, operation = null }: { times?: number | null; operation?: string | null } = {}): void => {
      moods.push({ how, times, operation });
    },
    behave: (): void => {
      moods = [];
    },
    /** Uses one up. */
    for: (operation: string | null): Misbehaviour | null => {
      const mood = moods.find((each) => each.operation === null || each.operation === operation);
      if (mood === undefined) return null;
      if (mood.times !== null) mood.times -= 1;
      if (mood.times === 0) moods = moods.filter((each) => each !== mood);
      return mood.how;
    },
  };
}

export function misbehaveNow(how: Misbehaviour, request: IncomingMessage, response: ServerResponse): void {
  const json = { "content-type": "application/json" };
  switch (how.kind) {
    case "refuse":
      request.socket.destroy();
      return;
    case "hang":
      return;
    case "status":
      response.writeHead(how.status, json).end(JSON.stringify({ status: false, message: `played: ${how.status}` }));
      return;
    case "drip": {
      response.writeHead(200, json).write("[");
      const timer = setInterval(() => response.write(" "), how.everyMs);
      response.on("close", () => clearInterval(timer));
      return;
    }
    case "huge":
      response.writeHead(200, json).end(`["${"x".repeat(how.megabytes * 1024 * 1024)}"]`);
      return;
    case "bad_json":
      response.writeHead(200, json).end('{"token": "cut o');
      return;
    case "nothing_listed":
      response.writeHead(200, json).end("[]");
      return;
    case "redirect":
      response.writeHead(302, { location: how.to }).end();
  }
}
