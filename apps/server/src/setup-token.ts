/** The token of the first set-up, for whoever can read this machine's files or its terminal; never in a log. */
import { chmodSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export const setupTokenFile = (dataDir: string) => join(dataDir, "setup-token");

export const writeSetupToken = (dataDir: string, token: string) => {
  writeFileSync(setupTokenFile(dataDir), `${token}\n`, { mode: 0o600 });
  chmodSync(setupTokenFile(dataDir), 0o600);
};

/** It is worth nothing any more. */
export const removeSetupToken = (dataDir: string) => rmSync(setupTokenFile(dataDir), { force: true });

/** For a person at a terminal. */
export const announceSetupToken = (dataDir: string, token: string, url: string) => {
  if (!process.stdout.isTTY) return;
  process.stdout.write(
    [
      "",
      `Nobody can sign in yet. Open ${url} and enter this set-up token:`,
      `  ${token}`,
      `It is kept in ${setupTokenFile(dataDir)}`,
      "",
      "",
    ].join("\n"),
  );
};
