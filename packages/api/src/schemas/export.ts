/** Exports: what one is ordered by, and what is said of it. */
import { z } from "zod";
import { callRecordFilters, startsBeforeItEnds } from "./call-record.ts";
import { exportColumns, exportFormats, exportStatuses } from "./export-lists.ts";
import { page, pagingInput } from "./paging.ts";

const isTimeZone = (name: string): boolean => {
  // Distances from UTC are taken too, but are no zone: they know no summer.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
};

const columnsInput = z
  .array(
    z.enum(exportColumns, {
      error: ({ input }) => `There is no column “${String(input).slice(0, 40)}”. There are: ${exportColumns.join(", ")}.`,
    }),
  )
  .min(1, "Take one column at least.")
  .max(exportColumns.length, "No column twice.")
  .refine((columns) => new Set(columns).size === columns.length, "No column twice.")
  .default([...exportColumns])
  .describe("In the order in which they stand in the file; all of them when none is named.");

export const exportInput = z
  .strictObject({
    ...callRecordFilters,
    format: z.enum(exportFormats).describe("CSV with a line of names, or one JSON array."),
    columns: columnsInput,
    timeZone: z
      .string()
      .max(64)
      .refine(isTimeZone, "There is no such time zone. Take a name such as Europe/Berlin or UTC.")
      .default("UTC")
      .describe("An IANA name. Times are ISO 8601 with their distance from UTC."),
    byteOrderMark: z.boolean().default(false).describe("For spreadsheets that need it to read CSV as UTF-8; without meaning for JSON."),
  })
  .check(startsBeforeItEnds);

export const exportedOutput = z.object({ exportId: z.string() });

export const exportListInput = z.strictObject(pagingInput);

export const exportSchema = z
  .object({
    id: z.string(),
    status: z.enum(exportStatuses),
    format: z.enum(exportFormats),
    columns: z.array(z.string()),
    timeZone: z.string(),
    filters: z.record(z.string(), z.unknown()).meta({ description: "As they were given." }),
    rows: z.int().meta({ description: "Written so far." }),
    bytes: z.int(),
    progress: z.number().min(0).max(1).meta({ description: "Of the rows that there were when it began; 1: it is whole." }),
    problem: z.string().nullable().meta({ description: "Why it failed." }),
    createdBy: z.string(),
    createdAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
    expiresAt: z.iso.datetime().nullable().meta({ description: "Until when it can be downloaded; null: it is not ready." }),
  })
  .meta({ id: "Export" });
export type Export = z.infer<typeof exportSchema>;

export const exportPage = page(exportSchema);

export const downloadTicketSchema = z.object({
  url: z.string().meta({ description: "Below the server’s own address." }),
  expiresAt: z.iso.datetime(),
});
export type DownloadTicket = z.infer<typeof downloadTicketSchema>;
