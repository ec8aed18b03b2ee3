/** What a running Node process really holds: its heap and its buffers after a full collection, asked through its inspector. */
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { WebSocket } from "ws";
import { z } from "zod";

const usage = z.object({ heapUsed: z.number(), external: z.number() });
const answer = z.object({ id: z.number(), result: z.object({ result: z.object({ value: z.string() }).optional() }) });
const longestOpeningMs = 5_000;

/** SIGUSR1 makes a Node process open its inspector and say where. */
const inspectorOf = async ({ pid, logPath }: { pid: number; logPath: string }): Promise<string> => {
  process.kill(pid, "SIGUSR1");
  for (const began = performance.now(); performance.now() - began < longestOpeningMs; await pause(50)) {
    const url = /Debugger listening on (ws:\/\/\S+)/.exec(readFileSync(logPath, "utf8"))?.[1];
    if (url !== undefined) return url;
  }
  throw new Error("the process did not open its inspector");
};

/** Bytes. The process goes on as before. */
export const heldBytes = async (program: { pid: number; logPath: string }): Promise<number> => {
  const socket = new WebSocket(await inspectorOf(program));
  const answers: string[] = [];
  socket.on("message", (data: Buffer) => void answers.push(data.toString()));
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  const ask = async (id: number, method: string, params: object = {}) => {
    socket.send(JSON.stringify({ id, method, params }));
    for (;;) {
      const text = answers.find((each) => each.startsWith(`{"id":${id},`));
      if (text !== undefined) return answer.parse(JSON.parse(text)).result.result?.value ?? "";
      await pause(20);
    }
  };
  await ask(1, "HeapProfiler.collectGarbage");
  await ask(2, "HeapProfiler.collectGarbage");
  const { heapUsed, external } = usage.parse(
    JSON.parse(await ask(3, "Runtime.evaluate", { expression: "JSON.stringify(process.memoryUsage())" })),
  );
  socket.close();
  return heapUsed + external;
};
