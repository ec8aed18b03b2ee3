/** Hands work that takes long from whoever orders it to whichever process has a hand free; what a killed process held, another takes up. */
import { DelayedError, type Job, Queue, Worker } from "bullmq";
import type { RedisClient } from "./client.ts";
import { queuePrefix } from "./keys.ts";

/** `again`: not now, but soon. */
export type JobEnd = "done" | "again";

export type JobQueue<Data> = {
  /** Whether Redis takes work now; says so within two seconds. */
  isOpen: () => Promise<boolean>;
  /** Twice with one id is once, as long as it is not done. Throws when Redis does not answer within two seconds. */
  add: (id: string, data: Data) => Promise<void>;
  /** Begins to take work; `signal` aborts when the process stops. */
  start: (work: (data: Data, signal: AbortSignal) => Promise<JobEnd>) => void;
  stop: () => Promise<void>;
};

export type JobQueueDeps<Data> = {
  name: string;
  /** A client of the role `queue`, for this alone. */
  redis: RedisClient;
  /** How many a process does at once. */
  concurrency: number;
  /** Reads what was put in. Throws for what was not. */
  parse: (data: unknown) => Data;
  onError: (error: unknown) => void;
};

/** A process that was killed is missed after this long. */
const holdMs = 5_000;
const againAfterMs = 1_000;
const longestAnswerMs = 2_000;
/** Being killed is no fault of the work. */
const mostStalls = 1_000_000;

export function createJobQueue<Data extends object>({ name, redis, concurrency, parse, onError }: JobQueueDeps<Data>): JobQueue<Data> {
  const shared = { connection: redis, prefix: queuePrefix, skipVersionCheck: true };
  const queue = new Queue<object>(name, {
    ...shared,
    defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
    streams: { events: { maxLen: 100 } },
  });
  queue.on("error", onError);
  const stopping = new AbortController();
  let worker: Worker<object> | null = null;

  const isConnected = () => redis.status === "ready";
  return {
    isOpen: async () => {
      if (!isConnected()) return false;
      return await within(longestAnswerMs, redis.ping()).then(
        () => true,
        () => false,
      );
    },
    add: async (id, data) => {
      if (!isConnected()) throw new Error("Redis is away");
      await within(longestAnswerMs, queue.add(name, data, { jobId: id }));
    },
    start: (work) => {
      const process = async (job: Job<object>, token?: string): Promise<void> => {
        const end = await work(parse(job.data), stopping.signal);
        if (end === "done") return;
        await job.moveToDelayed(Date.now() + againAfterMs, token);
        throw new DelayedError();
      };
      const held = { lockDuration: holdMs, stalledInterval: holdMs / 2, maxStalledCount: mostStalls, runRetryDelay: againAfterMs };
      worker = new Worker<object>(name, process, { ...shared, ...held, concurrency });
      worker.on("error", onError);
    },
    /** A Redis that is away keeps nobody from stopping. */
    stop: async () => {
      stopping.abort();
      await within(longestAnswerMs, Promise.all([worker?.close(), queue.close()])).catch(() => undefined);
      redis.disconnect();
    },
  };
}

async function within<Result>(ms: number, work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  // Whoever has stopped waiting for it doesn't care how it ends.
  work.catch(() => undefined);
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`Redis does not answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
