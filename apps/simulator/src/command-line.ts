/** Reads the command line of `npm run simulate`, and says what is wrong with it in words. */
import { parseArgs } from "node:util";
import { isProfileName, type Profile, profiles } from "./profiles.ts";

export type CommandLine = {
  url: string | null;
  firstRunPath: string;
  tenantKey: string | null;
  token: string | null;
  domain: string | null;
  profile: Profile;
  calls: number;
  ratePerSecond: number;
  seed: string | null;
  to: readonly [string, ...string[]];
  outboundTo: readonly [string, ...string[]];
  connections: number;
  maxSeconds: number;
  jsonPath: string | null;
  /** Where the platform's REST API is played; null: nowhere. */
  cloudonixApiPort: number | null;
};

export const usage = `npm run simulate -- [flags]

  --calls N        how many calls (default: the profile's)
  --rate R         calls begun per second, whatever became of the earlier ones (default: the profile's)
  --profile P      ${Object.values(profiles)
    .map(({ name, describes }) => `${name}: ${describes}`)
    .join("\n                   ")}
  --url U          where Switchboard answers (default: as the first-run file says, else http://127.0.0.1:3000)
  --first-run F    the file that a first start wrote (default .data/first-run.json)
  --tenant-key K --token T --domain D
                   instead of that file, or over it
  --to N,N         numbers to call (default +15550100001 to 3, a demo group each)
  --outbound-to N  numbers that subscribers call (default +12025550143)
  --seed S         the same seed plays the same calls (default: a new one, printed)
  --connections N  kept-open connections at most (default 128)
  --max-seconds S  give up after so long (default 600)
  --json F         write the result there
  --cloudonix-api P
                   play the platform's REST API at that port as well, the calls its sessions, until Ctrl-C`;

const options = {
  calls: { type: "string" },
  rate: { type: "string" },
  profile: { type: "string", default: "steady" },
  url: { type: "string" },
  "first-run": { type: "string", default: ".data/first-run.json" },
  "tenant-key": { type: "string" },
  token: { type: "string" },
  domain: { type: "string" },
  to: { type: "string", default: "+15550100001,+15550100002,+15550100003" },
  "outbound-to": { type: "string", default: "+12025550143" },
  seed: { type: "string" },
  connections: { type: "string", default: "128" },
  "max-seconds": { type: "string", default: "600" },
  json: { type: "string" },
  "cloudonix-api": { type: "string" },
  help: { type: "boolean", default: false },
} as const;

function wholeNumber(flag: string, text: string, most: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > most)
    throw new Error(`--${flag} must be a whole number from 1 to ${most}, not "${text}".`);
  return value;
}

function rate(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 10_000)) throw new Error(`--rate must be a number above 0 and up to 10000, not "${text}".`);
  return value;
}

function numbers(flag: string, text: string): readonly [string, ...string[]] {
  const [first, ...others] = text
    .split(",")
    .map((number) => number.trim())
    .filter((number) => number !== "");
  if (first === undefined) throw new Error(`--${flag} needs a number.`);
  return [first, ...others];
}

function webAddress(text: string | undefined): string | null {
  if (text === undefined) return null;
  const url = URL.parse(text);
  if (url === null || !["http:", "https:"].includes(url.protocol))
    throw new Error(`--url must be an http or https address, not "${text}".`);
  return text;
}

/** @returns null when help was asked for. @throws {Error} in words for the person at the terminal */
export function parseCommandLine(args: string[]): CommandLine | null {
  const { values } = parseArgs({ args, options, strict: true });
  if (values.help) return null;
  if (!isProfileName(values.profile))
    throw new Error(`There is no profile "${values.profile}"; there are ${Object.keys(profiles).join(", ")}.`);
  const profile: Profile = profiles[values.profile];
  return {
    url: webAddress(values.url),
    firstRunPath: values["first-run"],
    tenantKey: values["tenant-key"] ?? null,
    token: values.token ?? null,
    domain: values.domain ?? null,
    profile,
    calls: values.calls === undefined ? profile.calls : wholeNumber("calls", values.calls, 1_000_000),
    ratePerSecond: values.rate === undefined ? profile.ratePerSecond : rate(values.rate),
    seed: values.seed ?? null,
    to: numbers("to", values.to),
    outboundTo: numbers("outbound-to", values["outbound-to"]),
    connections: wholeNumber("connections", values.connections, 4096),
    maxSeconds: wholeNumber("max-seconds", values["max-seconds"], 86_400),
    jsonPath: values.json ?? null,
    cloudonixApiPort: values["cloudonix-api"] === undefined ? null : wholeNumber("cloudonix-api", values["cloudonix-api"], 65_535),
  };
}
