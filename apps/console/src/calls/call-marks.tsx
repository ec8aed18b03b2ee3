/** What is out of the ordinary about a call, each by a word. */
import type { CallRecord } from "@switchboard/api/schemas/call-record";
import { Badge } from "../components/badge.tsx";

export const CallMarks = ({ call }: { call: Pick<CallRecord, "test" | "degraded" | "fallbackUsed"> }) => (
  <>
    {call.test && <Badge tone="info">Test</Badge>}
    {call.fallbackUsed !== null && <Badge tone="ring">Fallback</Badge>}
    {call.degraded && <Badge tone="ring">Degraded</Badge>}
  </>
);
