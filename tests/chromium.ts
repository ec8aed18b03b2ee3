/** The browser that tests and benchmarks look through: the system's where there is one, since Playwright's own can't be fetched everywhere. */
import { existsSync } from "node:fs";

const system = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) => existsSync(path));
const quiet = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];

export const chromiumOptions = { ...(system === undefined ? {} : { executablePath: system }), args: [...quiet, ...asRoot] };
