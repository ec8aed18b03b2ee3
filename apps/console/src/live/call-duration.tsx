/** How long a call has lasted, ticking: since it was answered, before that since it came in. */
import type { LiveCall } from "@switchboard/api/schemas/live-call";
import { formatDuration } from "../format/duration.ts";
import { useNow } from "./clock.ts";

type Props = {
  call: Pick<LiveCall, "startedAt" | "answeredAt" | "endedAt">;
  /** While nothing is heard, time is not made up: it stands where it stood. */
  frozenAt: number | null;
};

export const CallDuration = ({ call, frozenAt }: Props) => {
  const now = useNow();
  const until = call.endedAt === null ? (frozenAt ?? now) : Date.parse(call.endedAt);
  const seconds = (until - Date.parse(call.answeredAt ?? call.startedAt)) / 1_000;
  return <span className="num">{formatDuration(seconds)}</span>;
};
