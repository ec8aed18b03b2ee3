/** End-to-end tests of the console: real Chromium against the whole product, started with `npm start`'s own script on an empty folder. */
import { defineConfig } from "playwright/test";
import { chromiumOptions } from "./tests/chromium.ts";

const port = Number(process.env["SWITCHBOARD_E2E_PORT"] ?? 3999);
const dataDir = process.env["SWITCHBOARD_E2E_DATA"] ?? ".data/e2e";
const baseURL = `http://127.0.0.1:${port}`;

export default defineConfig({
  testDir: "apps/console/e2e",
  // Pictures to look at, or tests.
  testMatch: process.env["SWITCHBOARD_SCREENS"] === "1" ? "screens.ts" : "*.spec.ts",
  // Tests find the first start's file there.
  metadata: { dataDir },
  outputDir: "test-results",
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  reporter: "list",
  use: {
    baseURL,
    trace: "retain-on-failure",
    launchOptions: chromiumOptions,
  },
  webServer: {
    command: "exec node scripts/run.mjs start",
    url: `${baseURL}/readyz`,
    env: { PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: "warn" },
    stdout: "pipe",
    timeout: 120_000,
    gracefulShutdown: { signal: "SIGTERM", timeout: 30_000 },
  },
});
