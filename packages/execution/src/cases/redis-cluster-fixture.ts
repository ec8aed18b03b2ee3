/** Test support: a cluster of three private Redis servers, a third of the slots each, without replicas. */
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { vi } from "vitest";
import { startChildServer, waitUntilReady } from "../../../../scripts/embedded/child-process.mjs";
import { requireBinary } from "../../../../scripts/embedded/find-binary.mjs";
import { firstBytes } from "../../../../scripts/embedded/first-bytes.mjs";
import { freePort } from "../../../../scripts/embedded/free-port.mjs";
import { createRedisClient, type RedisClient } from "../client.ts";

const slotRanges = [
  [0, 5460],
  [5461, 10_922],
  [10_923, 16_383],
] as const;

async function startNode(dir: string) {
  const [port, busPort] = [await freePort(), await freePort()];
  const listen = ["--port", String(port), "--bind", "127.0.0.1", "--dir", dir];
  const args = [...listen, "--save", "", "--cluster-enabled", "yes", "--cluster-port", String(busPort)];
  const child = await startChildServer({ name: "redis", dir, command: requireBinary("redis-server"), args });
  await waitUntilReady(
    { name: "redis", dir, child, timeoutMs: 20_000 },
    async () => (await firstBytes(port, "PING\r\n"))?.startsWith("+PONG") ?? false,
  );
  return { child, port, busPort };
}

async function join3(nodes: { port: number; busPort: number }[]): Promise<void> {
  for (const [index, { port }] of nodes.entries()) {
    const node = createRedisClient({ url: `redis://127.0.0.1:${port}`, cluster: false, role: "jobs" });
    await once(node, "ready");
    const [first, last] = slotRanges[index] ?? [0, 0];
    await node.call("CLUSTER", "ADDSLOTSRANGE", first, last);
    for (const other of nodes) if (other.port !== port) await node.call("CLUSTER", "MEET", "127.0.0.1", other.port, other.busPort);
    node.disconnect();
  }
  for (const { port } of nodes) {
    const isWhole = async () => (await firstBytes(port, "CLUSTER INFO\r\n"))?.includes("cluster_state:ok") ?? false;
    await vi.waitUntil(isWhole, { timeout: 60_000 });
  }
}

/** Stops with `await using`. */
export async function startRedisCluster(): Promise<{ client: RedisClient; url: string } & AsyncDisposable> {
  const dir = await mkdtemp(join(tmpdir(), "switchboard-cluster-"));
  const nodes = await Promise.all(slotRanges.map((_, index) => startNode(join(dir, String(index)))));
  await join3(nodes);
  const url = nodes.map(({ port }) => `redis://127.0.0.1:${port}`).join(",");
  const client = createRedisClient({ url, cluster: true, role: "jobs" });
  await once(client, "ready");
  return {
    client,
    url,
    [Symbol.asyncDispose]: async () => {
      client.disconnect();
      await Promise.all(nodes.map(({ child }) => child.stop()));
      await rm(dir, { recursive: true, force: true });
    },
  };
}
