/** End-to-end tests of the console: real Chromium against the whole product, started with `npm start`'s own script on an empty folder. */
import { existsSync } from "node:fs";
import { defineConfig } from "playwright/test";

const port = Number(process.env["SWITCHBOARD_E2E_PORT"] ?? 3999);
const dataDir = process.env["SWITCHBOARD_E2E_DATA"] ?? ".data/e2e";
const baseURL = `http://127.0.0.1:${port}`;

// Playwright's own browser can't be fetched everywhere; the system's does as well.
const chromium = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) => existsSync(path));
const quiet = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];

export default defineConfig({
  testDir: "apps/console/e2e",
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
    launchOptions: { ...(chromium === undefined ? {} : { executablePath: chromium }), args: [...quiet, ...asRoot] },
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
