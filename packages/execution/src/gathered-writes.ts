/**
 * Sends the commands of one turn of the event loop in few writes. Unlike the library's pipelining it never holds commands back
 * until earlier ones are answered, so that Redis works on some claims while the next requests are read.
 */
import type { Cluster, Redis } from "ioredis";

/** Few enough that Redis gets to work early, many enough that writing costs little: measured, a fifth more claims than by pipelining. */
const mostInOneWrite = 8;

const releases = new WeakMap<Redis | Cluster, () => void>();

/** Writes what is gathered now: for whoever has gathered by himself. */
export const writeGathered = (client: Redis | Cluster): void => releases.get(client)?.();

export function gatherWrites(client: Redis): void {
  const send = client.sendCommand.bind(client);
  let commands = "";
  let held = 0;
  let connection: Redis["stream"] | null = null;
  let gathering: Redis["stream"] | null = null;

  const release = () => {
    const text = commands;
    commands = "";
    held = 0;
    // What was meant for a connection that is gone has failed with it.
    if (text !== "" && connection === client.stream) connection.write(text);
  };
  releases.set(client, release);

  const gather = (command: string | Buffer): boolean => {
    if (typeof command !== "string") {
      release();
      return client.stream.write(command);
    }
    if (held === 0) setImmediate(release);
    commands += command;
    held += 1;
    if (held >= mostInOneWrite) release();
    return true;
  };
  /** The connection, but for how it is written to: one text is cheaper to write than a list of them. */
  const gatheringStream = (): Redis["stream"] | null => {
    if (connection === client.stream) return gathering;
    release();
    connection = client.stream;
    gathering = Object.create(connection, { write: { value: gather } });
    return gathering;
  };

  client.sendCommand = (command, stream) =>
    send(command, stream ?? (client.status === "ready" ? (gatheringStream() ?? undefined) : undefined));
}
