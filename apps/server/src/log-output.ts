/** Gathers log lines and writes them together, one write at a time: a log never waits on the call path, nor the call path on a log. */
import { write, writeSync } from "node:fs";

export type LogOutput = {
  write: (line: string) => void;
  /** Writes what is left, at once; for the end of the process. */
  flushSync: () => void;
};

const writeAtCharacters = 32_768;
const writeEveryMs = 250;
/** While nobody reads, so much is kept and the rest counted. */
const mostCharacters = 8 * 1024 * 1024;
const pauseWhenFullMs = 50;
const mostTriesAtEnd = 500;
const sleeper = new Int32Array(new SharedArrayBuffer(4));

export const createLogOutput = (fd: number): LogOutput => {
  let lines: string[] = [];
  let characters = 0;
  let dropped = 0;
  let writing = false;
  let timer: NodeJS.Timeout | null = null;

  const take = (): Buffer => {
    if (dropped > 0) lines.push(`{"level":40,"time":"${new Date().toISOString()}","event":"log_lines_dropped","lines":${dropped}}\n`);
    const bytes = Buffer.from(lines.join(""));
    lines = [];
    characters = 0;
    dropped = 0;
    return bytes;
  };

  const writeRest = (bytes: Buffer) => {
    write(fd, bytes, (error, written) => {
      const rest = bytes.subarray(error ? 0 : written);
      // A full pipe is read on some day; on any other fault the lines are lost, for there is nowhere to say so.
      if (error && error.code !== "EAGAIN") return done();
      if (rest.length === 0) return done();
      setTimeout(() => writeRest(rest), error ? pauseWhenFullMs : 0).unref();
    });
  };

  const flush = () => {
    if (timer) clearTimeout(timer);
    timer = null;
    if (writing || characters === 0) return;
    writing = true;
    writeRest(take());
  };

  const done = () => {
    writing = false;
    if (characters >= writeAtCharacters) flush();
    else schedule();
  };

  const schedule = () => {
    if (characters > 0 && !writing) timer ??= setTimeout(flush, writeEveryMs).unref();
  };

  return {
    write: (line) => {
      if (characters + line.length > mostCharacters) {
        dropped += 1;
        return;
      }
      lines.push(line);
      characters += line.length;
      if (characters >= writeAtCharacters) flush();
      else schedule();
    },
    flushSync: () => {
      let rest = take();
      for (let tries = 0; rest.length > 0 && tries < mostTriesAtEnd; tries++) {
        try {
          rest = rest.subarray(writeSync(fd, rest));
        } catch {
          // A full pipe has a moment to be read; a broken one makes no difference any more.
          Atomics.wait(sleeper, 0, 0, 1);
        }
      }
    },
  };
};
