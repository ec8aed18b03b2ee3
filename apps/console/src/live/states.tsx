/** What stands in place of the list: still loading, nothing yet, or failed. */
import { PhoneIncoming } from "lucide-react";
import type { Failure } from "../api/failure.ts";
import { Button } from "../components/button.tsx";

const placeholders = ["w-3/4", "w-1/2", "w-2/3", "w-3/5"];

export const Loading = () => (
  <div className="appear-late grid gap-0" aria-hidden>
    {placeholders.map((width) => (
      <div key={width} className="flex h-10 items-center gap-4 border-b border-line px-3.5">
        <span className="h-4 w-20 rounded-full bg-idle-soft" />
        <span className={`h-3 rounded-full bg-idle-soft ${width}`} />
      </div>
    ))}
  </div>
);

export const NothingYet = () => (
  <div className="grid justify-items-center gap-2 px-6 py-16 text-center">
    <PhoneIncoming size={20} aria-hidden className="text-ink-3" />
    <p className="font-[550]">No calls right now</p>
    <p className="max-w-[48ch] text-balance text-ink-3">
      A call shows here the moment it comes in. To see one without a telephone, run <code className="num">npm run simulate</code> beside the
      server.
    </p>
  </div>
);

export const NothingToShow = () => (
  <p className="px-6 py-16 text-center text-ink-2">
    Which calls are on the line can't be told at the moment. This page looks again by itself.
  </p>
);

export const Failed = ({ failure, onRetry }: { failure: Failure; onRetry: () => void }) => (
  <div role="alert" className="grid justify-items-center gap-2 px-6 py-16 text-center">
    <p className="font-[550]">The calls could not be loaded</p>
    <p className="max-w-[52ch] text-ink-2">{failure.message}</p>
    {failure.requestId !== null && (
      <p className="text-ink-3">
        Request <span className="num">{failure.requestId}</span>
      </p>
    )}
    <Button className="mt-2" onClick={onRetry}>
      Try again
    </Button>
  </div>
);
