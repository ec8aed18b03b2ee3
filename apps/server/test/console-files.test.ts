import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import Fastify from "fastify";
import { expect, onTestFinished, test } from "vitest";
import { registerConsole } from "../src/console-files.ts";

const script = "console.log('a script long enough to be worth it');";

const consoleAt = async () => {
  const directory = await mkdtemp(join(tmpdir(), "switchboard-console-"));
  await mkdir(join(directory, "assets"));
  await writeFile(join(directory, "index.html"), "<!doctype html><title>Switchboard</title>");
  await writeFile(join(directory, "theme.js"), "// theme");
  await writeFile(join(directory, "assets/page-abc123.js"), script);
  await writeFile(join(directory, "assets/page-abc123.js.gz"), gzipSync(script));
  const app = Fastify();
  await registerConsole(app, directory);
  onTestFinished(async () => {
    await app.close();
    await rm(directory, { recursive: true });
  });
  return { app, directory };
};

test("files named after their content are kept for a year and come compressed; the page itself is asked for each time", async () => {
  const { app } = await consoleAt();
  const asset = await app.inject({ url: "/assets/page-abc123.js", headers: { "accept-encoding": "gzip" } });
  expect(asset.headers).toMatchObject({ "cache-control": "public, max-age=31536000, immutable", "content-encoding": "gzip" });
  const plain = await app.inject({ url: "/assets/page-abc123.js", headers: { "accept-encoding": "identity" } });
  expect([plain.headers["content-encoding"], plain.body]).toEqual([undefined, script]);
  for (const url of ["/", "/index.html", "/live", "/calls/cal_1?tab=x", "/theme.js"]) {
    expect((await app.inject({ url })).headers["cache-control"], url).toBe("no-cache");
  }
  for (const url of ["/groups", "/settings?tab=people&search=ada@acme.example"]) {
    expect((await app.inject({ url })).body, url).toContain("<title>Switchboard</title>");
  }
});

test("a file that is no longer there, and a path out of the folder, are 404 and no page", async () => {
  const { app } = await consoleAt();
  for (const url of ["/assets/page-old999.js", "/assets/..%2f..%2fetc%2fpasswd.txt", "/api/nothing"]) {
    const answer = await app.inject({ url });
    expect([url, answer.statusCode, answer.body.includes("<title>")]).toEqual([url, 404, false]);
    expect(answer.headers["cache-control"]).toBe("no-store");
  }
});

test("a console built anew is served without a restart", async () => {
  const { app, directory } = await consoleAt();
  await writeFile(join(directory, "assets/page-def456.js"), "new");
  expect((await app.inject({ url: "/assets/page-def456.js" })).body).toBe("new");
});
