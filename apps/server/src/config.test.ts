import { expect, test, vi } from "vitest";
import { parseConfig, readEnvironment } from "./config.ts";

test("nothing set is a valid environment", () => {
  expect(parseConfig({})).toMatchObject({
    ok: true,
    config: { port: 3000, host: "127.0.0.1", publicUrl: "http://127.0.0.1:3000", seed: "demo" },
  });
});

test("wherever the machine is, times are written in UTC", () => {
  vi.stubEnv("TZ", "Asia/Kolkata");
  expect(new Date("2026-01-01T00:00:00Z").getHours()).toBe(5);
  readEnvironment();
  expect(new Date("2026-01-01T00:00:00Z").getHours()).toBe(0);
  vi.unstubAllEnvs();
});

test("every problem is reported at once, by name", () => {
  const parsed = parseConfig({
    PORT: "eighty",
    DATABASE_URL: "postgres://x",
    REDIS_URL: "nowhere",
    LOG_LEVEL: "loud",
    SEED: "maybe",
    PUBLIC_URL: "example.com",
    METRICS_TOKEN: "short",
    SECRET_KEYS: "k1:short",
  });
  const names = parsed.ok ? [] : parsed.problems.map((problem) => problem.split(":", 1)[0]).sort();
  expect(names).toEqual(["DATABASE_URL", "LOG_LEVEL", "METRICS_TOKEN", "PORT", "PUBLIC_URL", "REDIS_URL", "SECRET_KEYS", "SEED"]);
});

test("production asks for its own keys and seeds nothing", () => {
  expect(parseConfig({ NODE_ENV: "production" })).toMatchObject({ ok: false, problems: [expect.stringContaining("SECRET_KEYS")] });
  const keys = `k1:${Buffer.alloc(32).toString("base64")}`;
  expect(parseConfig({ NODE_ENV: "production", SECRET_KEYS: keys })).toMatchObject({ ok: true, config: { seed: "none" } });
});

test("several Redis nodes are a cluster or a mistake", () => {
  const REDIS_URL = "redis://127.0.0.1:1,redis://127.0.0.1:2";
  expect(parseConfig({ REDIS_URL })).toMatchObject({ ok: false, problems: [expect.stringContaining("REDIS_CLUSTER")] });
  expect(parseConfig({ REDIS_URL, REDIS_CLUSTER: "1" })).toMatchObject({ ok: true, config: { redis: { cluster: true } } });
});
