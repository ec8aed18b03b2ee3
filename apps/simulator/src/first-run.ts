/** Reads the file that a first start leaves behind: where Switchboard answers and with which secrets. */
import { readFile } from "node:fs/promises";
import { z } from "zod";

const firstRunShape = z.object({
  url: z.url(),
  tenantKey: z.string().min(1),
  domain: z.string().min(1),
  webhookToken: z.string().min(1),
  webhooks: z.object({ voiceApplication: z.url(), sessionUpdate: z.url(), cdr: z.url() }),
  admin: z.object({ email: z.string(), password: z.string() }),
});

export type FirstRun = z.infer<typeof firstRunShape>;

/** @throws {Error} in words for the person at the terminal */
export function parseFirstRun(text: string): FirstRun {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error("The first-run file is not JSON.");
  }
  const parsed = firstRunShape.safeParse(value);
  if (!parsed.success) throw new Error(`The first-run file is not what a first start writes: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

/** @returns null when there is no such file */
export async function readFirstRun(path: string): Promise<FirstRun | null> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  });
  return text === null ? null : parseFirstRun(text);
}
