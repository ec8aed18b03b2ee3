/**
 * Plans kept sealed on disk (mode 0600), one file a tenant, so that a process that starts while MySQL is away answers calls.
 * Written in small slices, off the call path; a file is replaced whole or not at all.
 */
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { type FileHandle, open, rename } from "node:fs/promises";
import { join } from "node:path";
import { StringDecoder } from "node:string_decoder";
import { setImmediate as turn } from "node:timers/promises";
import type { DirectoryEntry } from "@switchboard/control/directory";
import type { TenantId } from "@switchboard/routing/ids";
import type { AgentConfig, GroupConfig, InboundRuleConfig, OutboundRuleConfig, PlanSource } from "@switchboard/routing/plan-source";
import { createRuleMap } from "@switchboard/routing/rule-map";
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
  for (const rule of inboundRules.values()) yield JSON.stringify({ inboundRules: rule });
  for (const rule of outboundRules.values()) yield JSON.stringify({ outboundRules: rule });
}

type Head = {
  head: Omit<PlanSource, "agents" | "groups" | "inboundRules" | "outboundRules">;
  entry: Omit<DirectoryEntry, "tokens" | "domains"> & { tokens: { hash: string; validUntil: number | null }[]; domains: string[] };
};
type Row = {
  agents?: AgentConfig;
  groups?: GroupConfig;
  inboundRules?: InboundRuleConfig;
  outboundRules?: OutboundRuleConfig;
};

// The file is sealed with our own key: what opens was written by us, so its shape is only told apart here.
const headSchema = z.custom<Head>((value) => typeof value === "object" && value !== null && "head" in value && "entry" in value);
const rowSchema = z.custom<Row>((value) => typeof value === "object" && value !== null);

const addRow = (source: Pick<PlanSource, keyof Row>, row: Row) => {
  if (row.agents) source.agents.push(row.agents);
  if (row.groups) source.groups.push(row.groups);
  if (row.inboundRules) source.inboundRules.set(row.inboundRules.id, row.inboundRules);
  if (row.outboundRules) source.outboundRules.set(row.outboundRules.id, row.outboundRules);
};

/** What a plan's file opens with, and where its text begins. */
type Sealed = { file: FileHandle; tenant: string; key: Uint8Array; iv: Buffer; tag: Buffer; start: number; end: number };

/** The text, piece by piece; throws at its end where the file is not what was written. */
async function* piecesOf({ file, tenant, key, iv, tag, start, end }: Sealed): AsyncGenerator<Buffer> {
  const decipher = createDecipheriv(algorithm, key, iv);
  decipher.setAAD(Buffer.from(tenant));
  decipher.setAuthTag(tag);
  const room = Buffer.alloc(bytesPerSlice);
  for (let from = start; from < end; ) {
    const { bytesRead } = await file.read(room, 0, Math.min(bytesPerSlice, end - from), from);
    if (bytesRead === 0) throw new Error("it ends too early");
    from += bytesRead;
    yield decipher.update(room.subarray(0, bytesRead));
  }
  decipher.final();
}

/** The lines of the pieces, some at a time. */
async function* linesIn(pieces: AsyncIterable<Buffer>): AsyncGenerator<string[]> {
  const decoder = new StringDecoder("utf8");
  let rest = "";
  for await (const piece of pieces) {
    const lines = (rest + decoder.write(piece)).split("\n");
    rest = lines.pop() ?? "";
    yield lines;
  }
  yield [rest + decoder.end()];
}

const parse = async (pieces: AsyncIterable<Buffer>): Promise<Kept> => {
  let first: Head | null = null;
  const rules = { inboundRules: createRuleMap<InboundRuleConfig>(), outboundRules: createRuleMap<OutboundRuleConfig>() };
  const source: Pick<PlanSource, keyof Row> = { agents: [], groups: [], ...rules };
  for await (const lines of linesIn(pieces)) {
    for (const line of lines) {
      if (line === "") continue;
      if (first === null) first = headSchema.parse(JSON.parse(line));
      else addRow(source, rowSchema.parse(JSON.parse(line)));
    }
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

const bytesAt = async (file: FileHandle, position: number, length: number): Promise<Buffer> => {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
};

/** Read twice and never held whole: nothing of it is looked at before the seal has been found whole. */
const read = async (path: string, tenant: string, keys: SnapshotKey[]): Promise<Kept> => {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    const [idBytes = 0] = await bytesAt(file, 0, 1);
    const id = (await bytesAt(file, 1, idBytes)).toString();
    const key = keys.find((candidate) => candidate.id === id);
    if (!key) throw new Error(`sealed with the key ${id}, which the key ring doesn't have`);
    const [start, end] = [1 + idBytes + ivBytes, size - tagBytes];
    if (end < start) throw new Error("it is too short");
    const [iv, tag] = [await bytesAt(file, 1 + idBytes, ivBytes), await bytesAt(file, end, tagBytes)];
    const sealed: Sealed = { file, tenant, key: key.key, iv, tag, start, end };
    for await (const _ of piecesOf(sealed));
    return await parse(piecesOf(sealed));
  } finally {
    await file.close();
  }
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
