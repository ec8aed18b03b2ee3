/** Exports as files in a directory that nobody else may read. */
import { constants, createReadStream } from "node:fs";
import { copyFile, type FileHandle, mkdir, open, readdir, rename, rm, stat, truncate } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { Begun, ExportStorage, ExportWriter, FileToWrite } from "./export-storage.ts";
import { onDisk } from "./storage-failure.ts";

/** How much a crash makes one write again: at most this much, or this long. */
type Often = { secureEveryBytes: number; secureEveryMs: number };
const often: Often = { secureEveryBytes: 4 * 1024 * 1024, secureEveryMs: 1_000 };

const noteSchema = z.object({ file: z.string().regex(/^[a-z0-9_.]+$/) });

/** Not the file that the last writer has open: one that was only paused would go on writing into it. */
const takeOver = async (directory: string, { note, bytes }: Begun, path: string): Promise<boolean> => {
  const noted = noteSchema.safeParse(note);
  if (!noted.success) return false;
  const before = join(directory, noted.data.file);
  const size = await stat(before).then(
    (found) => found.size,
    () => -1,
  );
  if (size < bytes) return false;
  await copyFile(before, path, constants.COPYFILE_FICLONE);
  await truncate(path, bytes);
  return true;
};

/** All of an export but one; none kept: all. */
const clear = async (directory: string, id: string, kept?: string): Promise<void> => {
  const files = await readdir(directory).catch(() => []);
  for (const file of files) if (file.startsWith(`${id}.`) && file !== kept) await rm(join(directory, file), { force: true });
};

type Opened = { handle: FileHandle; directory: string; id: string; partial: string; whole: string; isTakenOver: boolean; often: Often };

const createWriter = ({ handle, directory, id, partial, whole, isTakenOver, often }: Opened): ExportWriter => {
  let unsafeBytes = 0;
  let securedAt = performance.now();
  return {
    from: isTakenOver ? "mark" : "beginning",
    note: { file: partial },
    write: async (text) => {
      unsafeBytes += Buffer.byteLength(text);
      await onDisk(handle.appendFile(text));
    },
    secure: async () => {
      if (unsafeBytes < often.secureEveryBytes && performance.now() - securedAt < often.secureEveryMs) return null;
      await onDisk(handle.datasync());
      unsafeBytes = 0;
      securedAt = performance.now();
      return { file: partial };
    },
    finish: async () => {
      await onDisk(handle.sync());
      await onDisk(handle.close());
      await onDisk(rename(join(directory, partial), join(directory, whole)));
      await onDisk(clear(directory, id, whole));
      return { file: whole };
    },
    leave: () => onDisk(handle.close()),
    abandon: async () => {
      await handle.close().catch(() => undefined);
      await onDisk(rm(join(directory, partial), { force: true }));
    },
  };
};

export const createDiskStorage = (directory: string, howOften = often): ExportStorage => ({
  open: async ({ id, fence, format }: FileToWrite, begun) => {
    const [partial, whole] = [`${id}.${fence}.partial`, `${id}.${fence}.${format}`];
    await onDisk(mkdir(directory, { recursive: true, mode: 0o700 }));
    const path = join(directory, partial);
    const isTakenOver = begun !== null && (await onDisk(takeOver(directory, begun, path)));
    return createWriter({ handle: await onDisk(open(path, "a", 0o600)), directory, id, partial, whole, isTakenOver, often: howOften });
  },
  read: async ({ storage }) => {
    const { file } = noteSchema.parse(storage);
    const handle = await onDisk(open(join(directory, file), "r"));
    return createReadStream("", { fd: handle });
  },
  remove: ({ id }) => onDisk(clear(directory, id)),
});
