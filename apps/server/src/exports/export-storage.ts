/** Where the files of exports lie, whatever kind of place that is: written so that a broken-off one can be gone on with, read, removed. */
import type { Readable } from "node:stream";
import type { StoredExport } from "@switchboard/control/export-files";
import type { ExportName } from "@switchboard/control/exports";
import type { ExportPlace } from "../config.ts";
import { createDiskStorage } from "./disk-storage.ts";

/** One file to be written by one holder of the tenant's lock; two holders never write to the same place. */
export type FileToWrite = ExportName & { format: "csv" | "json"; fence: number };

/** What a place says of what is safe there: kept with the export, and understood by that place alone. */
export type PlaceNote = { [name: string]: unknown };

export type Begun = { note: unknown; bytes: number };

export type ExportWriter = {
  /** What it goes on from; nothing where nothing of what was written is there any more. */
  from: "beginning" | "mark";
  /** To be kept before anything is written. */
  note: PlaceNote;
  write: (text: string) => Promise<void>;
  /** Makes safe what was written so far, when it is worth it; null: not yet. */
  secure: () => Promise<PlaceNote | null>;
  /** Makes it whole. */
  finish: () => Promise<PlaceNote>;
  /** Lets go; what is safe stays. */
  leave: () => Promise<void>;
  /** Lets go, and takes away what this writer made. */
  abandon: () => Promise<void>;
};

/** All of it throws StorageFailure. */
export type ExportStorage = {
  /** `begun`: what was safe when the last writer noted it; null: begin. */
  open: (file: FileToWrite, begun: Begun | null) => Promise<ExportWriter>;
  read: (file: StoredExport) => Promise<Readable>;
  /** All there is of it, whole or not; nothing there is no error. */
  remove: (file: StoredExport) => Promise<void>;
};

/** The object store's client is large: only who uses it loads it. */
export const openExportStorage = async (place: ExportPlace): Promise<ExportStorage> => {
  switch (place.kind) {
    case "directory":
      return createDiskStorage(place.directory);
    case "s3":
      return (await import("./s3-storage.ts")).createS3Storage(place);
  }
};
