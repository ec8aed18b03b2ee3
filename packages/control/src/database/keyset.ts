/** Pages of a list by key: each page begins behind the last item of the one before, however the list has changed since. */
import type { z } from "zod";
import { ControlError } from "../control-error.ts";

export type Page<Item> = { items: Item[]; nextCursor: string | null };

/** What every list takes. `limit` is checked at the door; `cursor` is the `nextCursor` of the page before. */
export type PageQuery = { limit: number; cursor?: string | undefined };

/** The page of these rows, of which one more than `limit` were asked for; `keyOf` is what its schema reads back from the cursor. */
export function pageOf<Row, Item>(
  rows: Row[],
  limit: number,
  { keyOf, shown }: { keyOf: (row: Row) => unknown; shown: (row: Row) => Item },
): Page<Item> {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const nextCursor = last !== undefined && rows.length > limit ? writeCursor(keyOf(last)) : null;
  return { items: page.map(shown), nextCursor };
}

/** How many of the first rows stand on a page that has at most `limit` of them, and at most `most` of what they consist of; one at least. */
export function fitting(sizes: readonly number[], { limit, most }: { limit: number; most: number }): number {
  let sum = 0;
  const over = sizes.findIndex((size, place) => (sum += size) > most && place > 0);
  return Math.min(limit, over === -1 ? limit : over);
}

const writeCursor = (key: unknown): string => Buffer.from(JSON.stringify(key)).toString("base64url");

/** Where the page begins; null at the beginning. Throws ControlError `rule_broken` for what we did not write. */
export function readCursor<Schema extends z.ZodType>(schema: Schema, cursor: string | undefined): z.output<Schema> | null {
  if (cursor === undefined) return null;
  const key = schema.safeParse(parsed(Buffer.from(cursor, "base64url").toString("utf8")));
  if (key.success) return key.data;
  const issues = [{ path: ["cursor"], message: "Take the nextCursor of the page before." }];
  throw new ControlError("rule_broken", "This cursor is none of ours.", { issues });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
