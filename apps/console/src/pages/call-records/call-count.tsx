/** How many calls the filters leave, above the list. */
import type { CallRecordQuery } from "@switchboard/api/schemas/call-record";
import { keepPreviousData } from "@tanstack/react-query";
import { trpc } from "../../api/trpc.ts";
import { countWords } from "./count-words.ts";

export const CallCount = ({ query }: { query: CallRecordQuery }) => {
  const { limit: _limit, cursor: _cursor, ...filters } = query;
  const { data } = trpc.callRecords.total.useQuery(filters, { placeholderData: keepPreviousData });
  const words = data === undefined ? null : countWords(data);
  return (
    <p role="status" aria-label="How many" className="num mb-2 min-h-5 text-xs text-ink-3">
      {words}
    </p>
  );
};
