/** What the platform that is played knows: domains with their keys, applications, numbers and trunks, in memory. */
import { createHash, randomUUID } from "node:crypto";

export type Application = {
  id: number;
  name: string;
  type: string;
  url: string | null;
  method: string | null;
  active: boolean;
  profile: Record<string, unknown>;
};

export type Trunk = {
  id: number;
  uuid: string;
  name: string;
  ip: string;
  port: string;
  transport: "udp";
  direction: "public-outbound" | "public-inbound";
  active: boolean;
  metric: number;
  profile: { authentication: { username: string; password: string } };
};

export type Dnid = {
  id: number;
  dnid: string;
  source: string;
  applicationId: number;
  active: boolean;
  prefix: boolean;
  expression: boolean;
};

export type Domain = {
  id: number;
  uuid: string;
  domain: string;
  aliases: { alias: string; active: boolean }[];
  defaultApplication: number | null;
  active: boolean;
  profile: Record<string, unknown>;
  applications: Application[];
  dnids: Dnid[];
  trunks: Trunk[];
  /** `XI` and 32 hex digits. */
  key: string;
};

export type NewDomain = { domain: string; aliases?: string[]; trunks?: string[]; numbers?: string[] };

const blackHole = 1;
const callRouting = 2;

/** The same for the same domain, so that a person who plays it twice types it once. */
const keyOf = (name: string): string => `XI${createHash("sha256").update(`key of ${name}`).digest("hex").slice(0, 32)}`;

const builtIn = (id: number, name: string): Application => ({
  id,
  name,
  type: "system",
  url: null,
  method: null,
  active: true,
  profile: {},
});

export type Platform = ReturnType<typeof createPlatform>;

export function createPlatform() {
  const domains = new Map<string, Domain>();
  let lastId = 100;
  const nextId = (): number => (lastId += 1);

  const trunk = (name: string, index: number): Trunk => ({
    id: nextId(),
    uuid: randomUUID(),
    name,
    ip: "192.0.2.20",
    port: "5060",
    transport: "udp",
    direction: "public-outbound",
    active: true,
    metric: index,
    profile: { authentication: { username: name, password: `password-of-${name}` } },
  });

  const dnid = (number: string): Dnid => ({
    id: nextId(),
    dnid: number,
    source: number,
    applicationId: callRouting,
    active: true,
    prefix: false,
    expression: false,
  });

  return {
    /** A customer's own key, which opens every domain. */
    customerKey: keyOf("customer"),
    nextId,
    add: ({ domain, aliases = [], trunks = ["carrier-a", "carrier-b"], numbers = [] }: NewDomain): Domain => {
      const added: Domain = {
        id: nextId(),
        uuid: randomUUID(),
        domain,
        aliases: aliases.map((alias) => ({ alias, active: true })),
        defaultApplication: blackHole,
        active: true,
        profile: { "call-timeout": 60, "redirect-unknown-to-border": true },
        applications: [builtIn(blackHole, "Blackhole"), builtIn(callRouting, "Call-Routing")],
        dnids: numbers.map(dnid),
        trunks: trunks.map(trunk),
        key: keyOf(domain),
      };
      domains.set(domain, added);
      return added;
    },
    /** By its name, number, UUID or an alias. */
    find: (named: string): Domain | undefined =>
      domains.get(named) ??
      [...domains.values()].find(
        ({ id, uuid, aliases }) => String(id) === named || uuid === named || aliases.some(({ alias }) => alias === named),
      ),
    ofKey: (key: string): Domain | undefined => [...domains.values()].find((each) => each.key === key),
  };
}
