/**
 * Sends the commands of one turn of the event loop in few writes. Unlike the library's pipelining it never holds commands back
 * until earlier ones are answered, so that Redis works on some claims while the next requests are read.
 */
import type { Redis } from "ioredis";

/** Few enough that Redis gets to work early, many enough that writing costs little: measured, a fifth more claims than by pipelining. */
const mostInOneWrite = 8;

export function gatherWrites(client: Redis): void {
  const send = client.sendCommand.bind(client);
  let held: Redis["stream"] | null = null;
  let inThisWrite = 0;
  const release = () => {
    held?.uncork();
    held = null;
  };
  client.sendCommand = (command, stream) => {
    if (held !== null && (held !== client.stream || inThisWrite >= mostInOneWrite)) release();
    if (held === null && client.status === "ready") {
      held = client.stream;
      held.cork();
      inThisWrite = 0;
      setImmediate(release);
    }
    inThisWrite += 1;
    return send(command, stream);
  };
}
