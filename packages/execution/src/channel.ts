/** Says something to every process at once; whoever is away at that moment must find it out by other means. */
import type { RedisClient } from "./client.ts";

export type Channel<Message> = {
  publish: (message: Message) => Promise<void>;
  /** Follows from now on and after each return of Redis. */
  listen: (onMessage: (message: Message) => void, onError: (error: unknown) => void) => void;
};

/** `subscriber` must be a client that does nothing else than subscribe. */
export const createChannel = <Message>(redis: { publisher: RedisClient; subscriber: RedisClient }, name: string): Channel<Message> => ({
  publish: async (message) => {
    await redis.publisher.publish(name, JSON.stringify(message));
  },
  listen: (onMessage, onError) => {
    const { subscriber } = redis;
    subscriber.on("message", (channel, message) => {
      if (channel === name) onMessage(JSON.parse(message));
    });
    const join = () => subscriber.subscribe(name).catch(onError);
    subscriber.on("ready", join);
    if (subscriber.status === "ready") void join();
  },
});
