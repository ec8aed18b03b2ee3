/** What the commands at the machine take. */
import { parseArgs } from "node:util";
import type { Admin } from "./open-admin.ts";

export const usage = `Usage: npm run admin -- <command>
  create-tenant   --domain acme.cloudonix.net --email ada@acme.example --password "at least 12 characters"
                  [--name "Acme"] [--country GB] [--alias other.domain.example …]
  create-user     --domain acme.cloudonix.net --email bob@acme.example --password … [--role admin|user] [--name "Bob"]
  reset-password  --email bob@acme.example --password …
  rebuild-analytics [--domain acme.cloudonix.net]   makes the figures of a tenant's calls anew from the records, or of everybody's
  rotate-keys     [--new-key]   seals all stored credentials under the first key of the ring; with --new-key a new one comes first
Where SECRET_KEYS is set, put a new key there last and restart every server, then first and restart again, then rotate-keys.`;

export const readOptions = (args: string[]) =>
  parseArgs({
    args,
    options: {
      domain: { type: "string" },
      email: { type: "string" },
      password: { type: "string" },
      name: { type: "string" },
      country: { type: "string" },
      role: { type: "string" },
      alias: { type: "string", multiple: true },
      "new-key": { type: "boolean" },
    },
  }).values;

export type Options = ReturnType<typeof readOptions>;

/** Answers what is printed; throws with words for the person at the terminal. */
export type AdminCommand = (admin: Admin, options: Options) => Promise<object>;

/** What to say when some of these are not given. */
export const missing = (needed: Record<string, string | undefined>): Error => {
  const names = Object.entries(needed).flatMap(([name, value]) => (value === undefined ? [`--${name}`] : []));
  return new Error(`Missing: ${names.join(", ")}\n${usage}`);
};
