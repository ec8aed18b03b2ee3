/**
 * End-to-end tests of the console: real Chromium against the whole product, started with `npm start`'s own script on an empty folder.
 * Each worker has a product to itself, so that files that run side by side share nothing.
 */
import { join } from "node:path";
import { defineConfig } from "playwright/test";
import { cloudonixPortOf } from "./apps/console/e2e/cloudonix-port.ts";
import { chromiumOptions } from "./tests/chromium.ts";

const dataDir = process.env["SWITCHBOARD_E2E_DATA"] ?? ".data/e2e";

const products = (process.env["SWITCHBOARD_E2E_PORT"] ?? "3999").split(",").map((port, index) => ({
  url: `http://127.0.0.1:${port}`,
  port,
  dataDir: join(dataDir, String(index)),
}));
// Each worker reads this file for itself; what starts the products, which is no worker, needs none of its own.
const own = products[Number(process.env["TEST_PARALLEL_INDEX"] ?? 0)];

export default defineConfig({
  testDir: "apps/console/e2e",
  // Pictures to look at, or tests.
  testMatch: process.env["SWITCHBOARD_SCREENS"] === "1" ? "screens*.ts" : "*.spec.ts",
  // Tests find the first start's file of their product there.
  metadata: { dataDir },
  outputDir: "test-results",
  workers: products.length,
  retries: 0,
  forbidOnly: true,
  // Nets for a machine that is short of everything; how fast pages are is for the benchmarks to say.
  timeout: 240_000,
  expect: { timeout: 40_000 },
  reporter: "list",
  use: {
    baseURL: own?.url,
    // What the page was, step by step; pictures of it would take a fifth of the processors.
    trace: { mode: "retain-on-failure", screenshots: false },
    launchOptions: chromiumOptions,
  },
  webServer: products.map((product) => ({
    command: "exec node scripts/run.mjs start",
    url: `${product.url}/readyz`,
    env: {
      PORT: product.port,
      DATA_DIR: product.dataDir,
      CLOUDONIX_API_URL: `http://127.0.0.1:${cloudonixPortOf(Number(product.port))}`,
      LOG_LEVEL: "warn",
    },
    stdout: "pipe" as const,
    timeout: 120_000,
    gracefulShutdown: { signal: "SIGTERM" as const, timeout: 30_000 },
  })),
});
