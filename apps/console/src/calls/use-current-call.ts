/** A call as it is now: a record that was read while the call was on the line is followed until the call has ended. */
import type { CallRecord } from "@switchboard/api/schemas/call-record";
import type { LiveCall } from "@switchboard/api/schemas/live-call";
import { trpc } from "../api/trpc.ts";
import { useLive } from "../live/use-live.ts";

const readAgainMs = 5_000;

/** `live`: as the board has it, null where it is not (or not any more) on the line; `record`: the latest that is known. */
export const useCurrentCall = (record: CallRecord): { live: LiveCall | null; record: CallRecord } => {
  const isOpen = record.endedAt === null;
  const live = useLive(({ calls }) => (isOpen ? (calls?.find(({ id }) => id === record.id) ?? null) : null));
  const isBoardKnown = useLive(({ calls }) => calls !== null);
  const read = trpc.callRecords.get.useQuery(
    { id: record.id },
    {
      enabled: isOpen && isBoardKnown && live === null,
      refetchInterval: ({ state }) => (state.data === undefined || state.data.endedAt === null ? readAgainMs : false),
    },
  );
  return { live, record: isOpen ? (read.data ?? record) : record };
};
