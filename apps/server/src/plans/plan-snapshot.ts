/**
 * Plans kept sealed on disk (mode 0600), one file a tenant, so that a process that starts while MySQL is away answers calls.
 * Written in small slices, off the call path; a file is replaced whole or not at all.
 */
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { open, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { StringDecoder } from "node:string_decoder";
import { setImmediate as turn } from "node:timers/promises";
import type { DirectoryEntry } from "@switchboard/control/directory";
import type { TenantId } from "@switchboard/routing/ids";
import type { PlanSource } from "@switchboard/routing/plan-source";
import { z } from "zod";
import type { Logger } from "../logger.ts";

export type Kept = { entry: DirectoryEntry; source: PlanSource };
export type SnapshotKey = { id: string; key: Uint8Array };

const writeEveryMs = 10_000;
const rowsPerSlice = 100;
const bytesPerSlice = 16_384;
const algorithm = "aes-256-gcm";
const ivBytes = 12;
const tagBytes = 16;

/** One JSON text a line: the head, then each row of the lists, so that neither writing nor reading holds the process up. */
function* linesOf({ entry, source }: Kept): Generator<string> {
  const { agents, groups, inboundRules, outboundRules, ...head } = source;
  const tokens = entry.tokens.map((token) => ({ hash: token.hash.toString("hex"), validUntil: token.validUntil }));
  yield JSON.stringify({ head, entry: { ...entry, tokens, domains: [...entry.domains] } });
  for (const agent of agents) yield JSON.stringify({ agents: agent });
  for (const group of groups) yield JSON.stringify({ groups: group });
  for (const rule of inboundRules) yield JSON.stringify({ inboundRules: rule });
  for (const rule of outboundRules) yield JSON.stringify({ outboundRules: rule });
}

type Head = {
  head: Omit<PlanSource, "agents" | "groups" | "inboundRules" | "outboundRules">;
  entry: Omit<DirectoryEntry, "tokens" | "domains"> & { tokens: { hash: string; validUntil: number | null }[]; domains: string[] };
};
type Row = { [K in "agents" | "groups" | "inboundRules" | "outboundRules"]?: PlanSource[K][number] };

// The file is sealed with our own key: what opens was written by us, so its shape is only told apart here.
const headSchema = z.custom<Head>((value) => typeof value === "object" && value !== null && "head" in value && "entry" in value);
const rowSchema = z.custom<Row>((value) => typeof value === "object" && value !== null);

/** The lines of the pieces, some at a time. */
function* linesIn(pieces: Buffer[]): Generator<string[]> {
  const decoder = new StringDecoder("utf8");
  let rest = "";
  for (const piece of pieces) {
    const lines = (rest + decoder.write(piece)).split("\n");
    rest = lines.pop() ?? "";
    yield lines;
  }
  yield [rest + decoder.end()];
}

const addRow = (source: Pick<PlanSource, keyof Row>, row: Row) => {
  if (row.agents) source.agents.push(row.agents);
  if (row.groups) source.groups.push(row.groups);
  if (row.inboundRules) source.inboundRules.push(row.inboundRules);
  if (row.outboundRules) source.outboundRules.push(row.outboundRules);
};

const parse = async (pieces: Buffer[]): Promise<Kept> => {
  let first: Head | null = null;
  const source: Pick<PlanSource, keyof Row> = { agents: [], groups: [], inboundRules: [], outboundRules: [] };
  for (const lines of linesIn(pieces)) {
    for (const line of lines) {
      if (line === "") continue;
      if (first === null) first = headSchema.parse(JSON.parse(line));
      else addRow(source, rowSchema.parse(JSON.parse(line)));
    }
    await turn();
  }
  if (first === null) throw new Error("it is empty");
  const { head, entry } = first;
  const tokens = entry.tokens.map((token) => ({ hash: Buffer.from(token.hash, "hex"), validUntil: token.validUntil }));
  return { entry: { ...entry, tokens, domains: new Set(entry.domains) }, source: { ...head, ...source } };
};

const write = async (path: string, kept: Kept, { id, key }: SnapshotKey) => {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv(algorithm, key, iv);
  cipher.setAAD(Buffer.from(kept.entry.id));
  const file = await open(`${path}.new`, "w", 0o600);
  try {
    await file.write(Buffer.concat([Buffer.from([id.length]), Buffer.from(id), iv]));
    let slice: string[] = [];
    for (const line of linesOf(kept)) {
      slice.push(line);
      if (slice.length < rowsPerSlice) continue;
      await file.write(cipher.update(`${slice.join("\n")}\n`));
      slice = [];
      await turn();
    }
    await file.write(cipher.update(`${slice.join("\n")}\n`));
    await file.write(Buffer.concat([cipher.final(), cipher.getAuthTag()]));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.new`, path);
};

/** The text in pieces, none of them looked at before the seal has been found whole. */
const unsealed = async (sealed: Buffer, tenant: string, { key }: SnapshotKey): Promise<Buffer[]> => {
  const start = 1 + (sealed[0] ?? 0);
  const decipher = createDecipheriv(algorithm, key, sealed.subarray(start, start + ivBytes));
  decipher.setAAD(Buffer.from(tenant));
  decipher.setAuthTag(sealed.subarray(-tagBytes));
  const pieces: Buffer[] = [];
  const end = sealed.length - tagBytes;
  for (let from = start + ivBytes; from < end; from += bytesPerSlice) {
    pieces.push(decipher.update(sealed.subarray(from, Math.min(from + bytesPerSlice, end))));
    if (pieces.length % 16 === 0) await turn();
  }
  decipher.final();
  return pieces;
};

const read = async (path: string, tenant: string, keys: SnapshotKey[]): Promise<Kept> => {
  const sealed = await readFile(path);
  const id = sealed.subarray(1, 1 + (sealed[0] ?? 0)).toString();
  const key = keys.find((candidate) => candidate.id === id);
  if (!key) throw new Error(`sealed with the key ${id}, which the key ring doesn't have`);
  return parse(await unsealed(sealed, tenant, key));
};

export type PlanSnapshot = ReturnType<typeof createPlanSnapshot>;

export const createPlanSnapshot = (deps: {
  directory: string;
  keys: SnapshotKey[];
  /** A tenant's entry and configuration as they are now; null when it is gone. */
  load: (tenant: TenantId) => Promise<Kept | null>;
  logger: Logger;
}) => {
  const { directory, keys, load, logger } = deps;
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const changed = new Set<TenantId>();
  const pathOf = (tenant: string) => join(directory, `${tenant}.plan`);
  const key = keys[0];

  const writeChanged = async () => {
    for (const tenant of [...changed]) {
      changed.delete(tenant);
      try {
        const kept = await load(tenant);
        if (!kept) rmSync(pathOf(tenant), { force: true });
        else if (key) await write(pathOf(tenant), kept, key);
      } catch (error) {
        changed.add(tenant);
        logger.warn({ event: "plan_not_kept", tenant, err: error });
        return;
      }
    }
  };

  let running = Promise.resolve();
  const timer = setInterval(() => {
    running = running.then(writeChanged);
  }, writeEveryMs);
  timer.unref();

  return {
    changed: (tenant: TenantId) => void changed.add(tenant),
    /** In small slices too: what came to this process while it starts must not wait longer than it has to. */
    readAll: async (): Promise<Kept[]> => {
      const found: Kept[] = [];
      for (const name of readdirSync(directory).filter((each) => each.endsWith(".plan"))) {
        try {
          found.push(await read(join(directory, name), name.slice(0, -".plan".length), keys));
        } catch (error) {
          logger.warn({ event: "kept_plan_unreadable", file: name, err: error });
        }
      }
      return found;
    },
    /** Writes what is still to be written. */
    close: async () => {
      clearInterval(timer);
      await running;
      await writeChanged();
    },
  };
};
