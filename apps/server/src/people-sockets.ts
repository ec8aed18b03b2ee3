/** Whose sockets are open: so many per person, and none longer than the session it was opened with. */
import type { Actor } from "@switchboard/api/actor";
import { tooManyRequests } from "@switchboard/api/too-many-requests";
import type { WebSocket } from "ws";

/** In this process. */
export const mostSocketsPerPerson = 20;

/** What a client with subscriptions is told first, before the line goes. */
const farewellMs = 250;
const signedOutCode = 4401;
/** A person may sign in over it, no more. */
const anonymousMs = 10_000;
const laterMs = 5_000;

export type PeopleSockets = ReturnType<typeof createPeopleSockets>;

type Deps = { sessionEnded: (actor: Actor, stop: AbortSignal) => AbortSignal };

export const createPeopleSockets = ({ sessionEnded }: Deps) => {
  const counts = new Map<string, number>();
  const change = (person: string, by: number) => {
    const count = (counts.get(person) ?? 0) + by;
    if (count > 0) counts.set(person, count);
    else counts.delete(person);
  };
  const closeIn = (socket: WebSocket, ms: number) => {
    const timer = setTimeout(() => socket.close(signedOutCode, "signed out"), ms);
    socket.once("close", () => clearTimeout(timer));
  };

  return {
    /** Throws TRPCError `TOO_MANY_REQUESTS`, upon which the socket is closed. */
    admit: (actor: Actor | null, socket: WebSocket): void => {
      if (actor === null) return closeIn(socket, anonymousMs);
      if ((counts.get(actor.userId) ?? 0) >= mostSocketsPerPerson) {
        throw tooManyRequests(`You have ${mostSocketsPerPerson} live connections open already; close a tab.`, laterMs);
      }
      if (socket.readyState !== socket.OPEN) return;
      change(actor.userId, 1);
      const closed = new AbortController();
      socket.once("close", () => {
        change(actor.userId, -1);
        closed.abort();
      });
      sessionEnded(actor, closed.signal).addEventListener("abort", () => closeIn(socket, farewellMs), { once: true });
    },
  };
};
