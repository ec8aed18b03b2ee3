import { createServer } from "node:net";
import { text } from "node:stream/consumers";
import type { StoredExport } from "@switchboard/control/export-files";
import { tenantId } from "@switchboard/routing/ids";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bucket, startObjectStore } from "../../test/object-store.ts";
import { createS3Storage } from "./s3-storage.ts";

let store: Awaited<ReturnType<typeof startObjectStore>>;
beforeAll(async () => {
  store = await startObjectStore();
});
afterAll(() => store[Symbol.asyncDispose]());

const name = { tenantId: tenantId("ten_0123456789abcdef0123"), id: "exp_0123456789abcdef0123", format: "csv" as const };
const placeAt = (endpoint: string, inBucket = bucket) => ({
  kind: "s3" as const,
  bucket: inBucket,
  prefix: "some/where/",
  endpoint,
  region: "us-east-1",
});
const storedOf = (storage: unknown): StoredExport => ({ ...name, bytes: 0, storage });
const partOf = (letter: string) => letter.repeat(8 * 1024 * 1024);

test("a writer that takes over goes on from what was noted; what the one before it still sends counts for nothing", async () => {
  const storage = createS3Storage(placeAt(store.endpoint));
  const first = await storage.open({ ...name, fence: 1 }, null);
  expect(first.from).toBe("beginning");
  await first.write("head ");
  expect(await first.secure()).toBeNull();
  await first.write(partOf("a"));
  const noted = await first.secure();
  expect(noted).not.toBeNull();

  const second = await storage.open({ ...name, fence: 2 }, { note: noted, bytes: 0 });
  expect(second.from).toBe("mark");
  await first.write(partOf("x"));
  await first.secure();
  await second.write(partOf("b"));
  await second.secure();
  await first.write(partOf("y"));
  await second.write("foot");
  const whole = await second.finish();

  const read = await text(await storage.read(storedOf(whole)));
  expect(read === `head ${partOf("a")}${partOf("b")}foot`).toBe(true);
  await storage.remove(storedOf(whole));
  await expect(storage.read(storedOf(whole))).rejects.toThrow("The file is not in the object store any more.");
  await storage.remove(storedOf(whole));
});

test("a store that refuses, is not there or says nothing is told of in words, soon", async () => {
  const silent = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  const address = silent.address();
  const port = typeof address === "object" ? address?.port : 0;
  const opening = (endpoint: string, inBucket?: string) =>
    createS3Storage(placeAt(endpoint, inBucket), 500).open({ ...name, fence: 1 }, null);
  await expect(opening(`http://127.0.0.1:${port}`)).rejects.toThrow("The object store for exports does not answer.");
  await expect(opening("http://127.0.0.1:1")).rejects.toThrow("The object store for exports does not answer.");
  await expect(opening(store.endpoint, "no-such-bucket")).rejects.toThrow("The bucket for exports does not exist.");
  silent.close();
});
