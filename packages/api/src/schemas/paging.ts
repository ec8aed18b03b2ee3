/** How every list is asked for and answered: keyset paging with an opaque cursor. */
import { z } from "zod";

export const pagingInput = {
  limit: z.int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
};

export const page = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item), nextCursor: z.string().nullable() });
