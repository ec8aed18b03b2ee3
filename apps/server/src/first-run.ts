/** The demo tenant of an empty database, and the one file and one print that say how to use it. */
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

export type CreatedTenant = { tenantKey: string; webhookToken: string; domain: string };
export type Webhooks = { voiceApplication: string; sessionUpdate: string; cdr: string };

export const webhooksOf = (publicUrl: string, tenantKey: string): Webhooks => ({
  voiceApplication: `${publicUrl}/api/webhooks/voice-application/${tenantKey}`,
  sessionUpdate: `${publicUrl}/api/webhooks/session-update/${tenantKey}`,
  cdr: `${publicUrl}/api/webhooks/cdr/${tenantKey}`,
});

export type FirstRun = CreatedTenant & { url: string; webhooks: Webhooks; admin: { email: string; password: string } };

export const firstRunFile = (dataDir: string) => join(dataDir, "first-run.json");

const keptSchema = z.looseObject({ tenantKey: z.string() });

export const writeFirstRun = (dataDir: string, firstRun: FirstRun) => {
  writeFileSync(firstRunFile(dataDir), `${JSON.stringify(firstRun, null, 2)}\n`, { mode: 0o600 });
  chmodSync(firstRunFile(dataDir), 0o600);
};

/** The addresses in the file follow a changed port or public URL; its secrets stay. */
export const refreshFirstRun = (dataDir: string, url: string, publicUrl: string) => {
  if (!existsSync(firstRunFile(dataDir))) return;
  const kept = keptSchema.safeParse(JSON.parse(readFileSync(firstRunFile(dataDir), "utf8")));
  if (!kept.success || kept.data.url === url) return;
  const next = { ...kept.data, url, webhooks: webhooksOf(publicUrl, kept.data.tenantKey) };
  writeFileSync(firstRunFile(dataDir), `${JSON.stringify(next, null, 2)}\n`, { mode: 0o600 });
};

/** For a person at a terminal; secrets never go into a log, so nothing is printed elsewhere. */
export const announceFirstRun = (dataDir: string, { url, admin, webhooks, webhookToken }: FirstRun) => {
  if (!process.stdout.isTTY) return;
  process.stdout.write(
    [
      "",
      "A demo tenant was created. Shown once here, and kept in",
      `  ${firstRunFile(dataDir)}`,
      `  Console         ${url}`,
      `  Sign in         ${admin.email}  ${admin.password}`,
      `  Voice webhook   ${webhooks.voiceApplication}`,
      `  Bearer token    ${webhookToken}`,
      "",
      "",
    ].join("\n"),
  );
};
