/** Opens connections to Redis (one server or a cluster) that fail fast: a call is answered locally rather than late. */
import { Cluster, Redis } from "ioredis";
import { gatherWrites } from "./gathered-writes.ts";

export type RedisClient = Redis | Cluster;

/**
 * claims: the call path, answers within 250 ms or fails · limits: asked before each request of an operator, as quick to give up · reader:
 * blocking reads, a client of its own · queue: BullMQ's, whose commands wait for a Redis that is away (nobody waits for them) · jobs: everything
 * else.
 */
export type ClientRole = "claims" | "limits" | "reader" | "jobs" | "queue";

const retryDelayMs = (attempt: number): number => Math.min(50 * attempt, 500);

/** Longest silence on a connection that owes an answer, before it is replaced; more than a command or a blocking read may take. */
const silenceMs = { claims: 1_000, limits: 1_000, jobs: 4_000, reader: 7_000, queue: 20_000 } as const satisfies Record<ClientRole, number>;

function connectionOptions(role: ClientRole) {
  const isPatient = role === "queue";
  return {
    enableOfflineQueue: isPatient,
    maxRetriesPerRequest: isPatient ? null : 0,
    connectTimeout: 500,
    autoResendUnfulfilledCommands: false,
    connectionName: `switchboard-${role}`,
    // The scripts' and the streams' replies are meant as RESP2 shapes them.
    protocol: 2 as const,
    // A command that times out leaves its connection as it is: one that went dead unnoticed would fail every command for as long as
    // the system keeps it, a quarter of an hour.
    socketTimeout: silenceMs[role],
    // A blocked read is given up a second after Redis should have answered.
    ...timeoutsOf(role),
  };
}

function timeoutsOf(role: ClientRole) {
  switch (role) {
    case "reader":
      return { blockingTimeout: 5_000, blockingTimeoutGrace: 1_000 };
    case "queue":
      return {};
    case "jobs":
      return { commandTimeout: 2_000 };
    case "claims":
    case "limits":
      return { commandTimeout: 250 };
  }
}

function clusterOptions(role: ClientRole) {
  const { enableOfflineQueue, ...redisOptions } = connectionOptions(role);
  // By slot, which only the library knows.
  const enableAutoPipelining = role === "claims";
  return { enableOfflineQueue, enableAutoPipelining, clusterRetryStrategy: retryDelayMs, shardedSubscribers: true, redisOptions };
}

/**
 * Connects at once and again for ever, at most 500 ms apart; commands fail while it is away. `url` is `redis[s]://…`; for a
 * cluster the comma-separated URLs of some of its nodes. Errors reach `onError`, never the process.
 */
export function createRedisClient(options: {
  url: string;
  cluster: boolean;
  role: ClientRole;
  onError?: (error: Error) => void;
}): RedisClient {
  const client = options.cluster
    ? new Cluster(options.url.split(","), clusterOptions(options.role))
    : createSingleClient(options.url, options.role);
  client.on("error", (error: Error) => options.onError?.(error));
  return client;
}

function createSingleClient(url: string, role: ClientRole): Redis {
  const client = new Redis(url, { ...connectionOptions(role), retryStrategy: retryDelayMs });
  if (role === "claims") gatherWrites(client);
  return client;
}
