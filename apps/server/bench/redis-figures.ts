/** What a Redis server says of itself: commands and their time, the size of a key, what each connection sends. */
import { connect } from "node:net";
import type { RedisClient } from "@switchboard/execution/client";

/** The client refuses commands until its connection stands. */
export const untilReady = (client: RedisClient): Promise<void> =>
  client.status === "ready" ? Promise.resolve() : new Promise((resolve) => client.once("ready", () => resolve()));

export const askRedis = async (client: RedisClient, command: string, ...args: (string | number)[]): Promise<unknown> => {
  await untilReady(client);
  return await client.call(command, ...args);
};

export type CommandFigures = { calls: number; microsecondsPerCall: number };

/** Of one command, since the figures were last reset. */
export const commandFigures = async (client: RedisClient, command: string): Promise<CommandFigures> => {
  const text = String(await askRedis(client, "INFO", "commandstats"));
  const found = new RegExp(`^cmdstat_${command}:calls=(\\d+),usec=\\d+,usec_per_call=([\\d.]+)`, "m").exec(text);
  return { calls: Number(found?.[1] ?? 0), microsecondsPerCall: Number(found?.[2] ?? 0) };
};

export const resetFigures = (client: RedisClient): Promise<unknown> => askRedis(client, "CONFIG", "RESETSTAT");

export const bytesOfKey = async (client: RedisClient, key: string): Promise<number> =>
  Number((await askRedis(client, "MEMORY", "USAGE", key, "SAMPLES", 0)) ?? 0);

/** How often each command came over connections of that name while `work` ran; commands inside scripts are not counted. */
export const commandsDuring = async (client: RedisClient, port: number, connectionName: string, work: () => Promise<void>) => {
  const listed = String(await askRedis(client, "CLIENT", "LIST"));
  const named = listed.split("\n").filter((line) => line.includes(`name=${connectionName} `));
  const addresses = new Set(named.map((line) => /addr=(\S+)/.exec(line)?.[1] ?? ""));
  const counts = new Map<string, number>();
  const socket = connect(port, "127.0.0.1");
  const lines = followLines(socket, (line) => {
    const [, address = "", command = ""] = /^\+[\d.]+ \[\d+ (\S+)\] "([^"]+)"/.exec(line) ?? [];
    if (addresses.has(address)) counts.set(command.toLowerCase(), (counts.get(command.toLowerCase()) ?? 0) + 1);
  });
  socket.write("MONITOR\r\n");
  await lines.first;
  await work();
  // What was sent before this marker has been seen once the marker is.
  const marker = `end-of-work-${process.pid}`;
  const seen = lines.including(marker);
  await askRedis(client, "ECHO", marker);
  await seen;
  socket.destroy();
  return counts;
};

const followLines = (socket: NodeJS.ReadableStream, onLine: (line: string) => void) => {
  let rest = "";
  let waiting: { text: string; resolve: () => void }[] = [];
  const including = (text: string) => new Promise<void>((resolve) => void waiting.push({ text, resolve }));
  const first = including("+OK");
  socket.on("data", (chunk: Buffer | string) => {
    const lines = (rest + String(chunk)).split("\r\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      onLine(line);
      for (const { resolve } of waiting.filter(({ text }) => line.includes(text))) resolve();
      waiting = waiting.filter(({ text }) => !line.includes(text));
    }
  });
  return { first, including };
};
