/** A server that speaks S3, with one bucket, and the credentials that go with it. */
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { vi } from "vitest";

type S3rver = { run: () => Promise<AddressInfo>; close: () => Promise<void> };
type Options = {
  port: number;
  address: string;
  silent: boolean;
  directory: string;
  configureBuckets: { name: string; configs: string[] }[];
};
// It comes without types.
const require = createRequire(import.meta.url);
const Server = require("s3rver") as new (options: Options) => S3rver;

export const bucket = "calls-exported";

export const startObjectStore = async () => {
  const directory = await mkdtemp(join(tmpdir(), "switchboard-s3-"));
  const server = new Server({ port: 0, address: "127.0.0.1", silent: true, directory, configureBuckets: [{ name: bucket, configs: [] }] });
  const { port } = await server.run();
  // As its manual says.
  vi.stubEnv("AWS_ACCESS_KEY_ID", "S3RVER");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "S3RVER");
  return {
    endpoint: `http://127.0.0.1:${port}`,
    directory,
    [Symbol.asyncDispose]: async () => {
      await server.close();
      vi.unstubAllEnvs();
      await rm(directory, { recursive: true, force: true });
    },
  };
};
