// `npm run screens`: pictures of every page of the console into reports/screens, on a copy of the product in a temporary folder.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../embedded/free-port.mjs";
import { runInForeground } from "../setup/foreground.mjs";
import { root } from "../setup/paths.mjs";
import { prepare } from "../setup/prepare.mjs";
import { nodeBinary, toolEnvironment } from "../setup/toolchain.mjs";

/** @returns {Promise<number>} */
export async function screens() {
  await prepare({
    title: "npm run screens",
    programs: ["mariadb", "redis", "chromium"],
    withConsole: true,
    starts: ["MariaDB, Redis and Switchboard, in a temporary folder"],
  });
  const data = mkdtempSync(join(tmpdir(), "switchboard-screens-"));
  try {
    return await runInForeground({
      command: nodeBinary(),
      args: [join(root, "node_modules/playwright/cli.js"), "test"],
      env: { ...toolEnvironment(), SWITCHBOARD_SCREENS: "1", SWITCHBOARD_E2E_DATA: data, SWITCHBOARD_E2E_PORT: String(await freePort()) },
    });
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}
