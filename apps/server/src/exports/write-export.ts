/** Writes one export from wherever it stands to its end: pages of the list's query into the storage, safe points noted on the way. */
import { estimateExport, exportPages } from "@switchboard/control/export-rows";
import { createExportWork, type ExportMark, type ExportTask, type ExportWork } from "@switchboard/control/export-work";
import type { ExportName } from "@switchboard/control/exports";
import type { Queryable } from "@switchboard/control/sql";
import { createExportText } from "./export-text.ts";
import type { ExportStorage, ExportWriter } from "./export-storage.ts";
import { StorageFailure } from "./storage-failure.ts";

export type WriteExportDeps = {
  target: Queryable;
  storage: ExportStorage;
  /** Where its time counts from, in milliseconds since the epoch. */
  now: () => number;
  /** Says that the database is away, and nothing is wrong with the export. */
  isOutage: (error: unknown) => boolean;
};

export type ExportEnd =
  | { kind: "ready"; rows: number }
  /** Canceled, or somebody else's. */
  | { kind: "not_ours" }
  /** To be gone on with; `cause`: the database is away, null: somebody said so. */
  | { kind: "interrupted"; cause: unknown }
  | { kind: "failed"; problem: string; cause: unknown };

/** Small enough that one page is written in a few milliseconds. */
const pageRows = 1_000;

type Place = Omit<ExportMark, "storage">;

const beginning: Place = { cursor: null, rows: 0, bytes: 0 };

type Writing = { task: ExportTask; work: ExportWork; writer: ExportWriter };

/** Null: it is somebody else's by now. */
const writePages = async (
  { target }: WriteExportDeps,
  { task, work, writer }: Writing,
  signal: AbortSignal,
): Promise<Place | "interrupted" | null> => {
  const text = createExportText(task);
  const place = writer.from === "mark" && task.mark !== null ? { ...task.mark } : { ...beginning };
  const note = (storage: unknown) => work.noteMark({ ...place, storage });
  const write = async (piece: string) => {
    await writer.write(piece);
    place.bytes += Buffer.byteLength(piece);
  };

  if (!(await note(writer.note))) return null;
  if (place.bytes === 0) await write(text.head);
  for await (const { records, cursor } of exportPages(target, task, { cursor: place.cursor, limit: pageRows })) {
    if (records.length > 0) await write(text.rows(records, place.rows === 0));
    place.rows += records.length;
    if (cursor === null) break;
    place.cursor = cursor;
    const safe = await writer.secure();
    if (safe !== null && !(await note(safe))) return null;
    if (signal.aborted) return "interrupted";
  }
  await write(text.foot);
  return place;
};

const writeAll = async (deps: WriteExportDeps, writing: Writing, signal: AbortSignal): Promise<ExportEnd> => {
  const { work, writer } = writing;
  const end = await writePages(deps, writing, signal);
  if (end === "interrupted") {
    await writer.leave();
    return { kind: "interrupted", cause: null };
  }
  if (end !== null && (await work.finish({ ...end, storage: await writer.finish() }, deps.now()))) return { kind: "ready", rows: end.rows };
  await writer.abandon();
  return { kind: "not_ours" };
};

const noteEstimate = async (target: Queryable, task: ExportTask, work: ExportWork): Promise<void> => {
  const rows = await estimateExport(target, task).catch(() => null);
  if (rows !== null) await work.noteEstimate(rows).catch(() => false);
};

/** What went wrong, for people: the storage's own words, or none that would mean anything to them. */
const problemOf = (error: unknown): string =>
  error instanceof StorageFailure ? error.message : "Something went wrong on our side while it was written.";

/** Throws only while the database is away. */
export const writeExport = async (deps: WriteExportDeps, name: ExportName, fence: number, signal: AbortSignal): Promise<ExportEnd> => {
  const { target, storage } = deps;
  const work = createExportWork(target, name, fence);
  const task = await work.take();
  if (task === null) return { kind: "not_ours" };
  // Beside the pages: nothing waits for it but the picture of how far it has come.
  if (task.estimatedRows === null) void noteEstimate(target, task, work);
  let writer: ExportWriter | null = null;
  try {
    writer = await storage.open({ ...name, format: task.format, fence }, task.mark && { note: task.mark.storage, bytes: task.mark.bytes });
    return await writeAll(deps, { task, work, writer }, signal);
  } catch (error) {
    await writer?.leave().catch(() => undefined);
    if (!(error instanceof StorageFailure) && deps.isOutage(error)) return { kind: "interrupted", cause: error };
    const problem = problemOf(error);
    return (await work.fail(problem, deps.now())) ? { kind: "failed", problem, cause: error } : { kind: "not_ours" };
  }
};
