/** How every list is asked for and answered: keyset paging with an opaque cursor. */
import { z } from "zod";
import { parsedAtOnce } from "./parsed-at-once.ts";

export const pagingInput = {
  limit: z.int().min(1).max(200).default(50).meta({ description: "How many items at most." }),
  cursor: z.string().max(400).optional().meta({ description: "The `nextCursor` of the page before." }),
};

export const searchInput = z.string().trim().max(100).optional();

/** Names one thing; whether there is such a thing is for the procedure to say. */
export const idInput = z.string().min(1).max(64);

export const byId = z.strictObject({ id: idInput });

export const page = <Item extends z.ZodType>(item: Item) =>
  parsedAtOnce(
    z.object({ items: z.array(item), nextCursor: z.string().nullable().meta({ description: "Null: this was the last page." }) }),
  );

export const deletedOutput = z.object({ id: z.string(), deleted: z.literal(true) });
