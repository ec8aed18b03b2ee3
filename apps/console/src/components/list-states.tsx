/** The three ways of having nothing to show, which are not the same: nothing yet, nothing found, not to be had. */
import type { ReactNode } from "react";
import { failureOf } from "../api/failure.ts";
import { Button } from "./button.tsx";

const Middle = ({ children, role }: { children: ReactNode; role?: "alert" | "status" }) => (
  <div role={role} className="grid justify-items-center gap-2 px-6 py-14 text-center">
    {children}
  </div>
);

/** Nothing is there at all: what it would be good for, and how to begin. */
export const NothingYet = ({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) => (
  <Middle>
    <p className="font-[550]">{title}</p>
    {children !== undefined && <p className="max-w-[52ch] text-ink-2">{children}</p>}
    {action}
  </Middle>
);

export const NoResults = ({ onClear }: { onClear: () => void }) => (
  <Middle role="status">
    <p className="font-[550]">Nothing matches these filters</p>
    <Button onClick={onClear}>Clear them</Button>
  </Middle>
);

export const NotLoaded = ({ what, error, onRetry }: { what: string; error: unknown; onRetry: () => void }) => {
  const { message, requestId } = failureOf(error);
  return (
    <Middle role="alert">
      <p className="font-[550]">{what} could not be loaded</p>
      <p className="max-w-[52ch] text-ink-2">{message}</p>
      {requestId !== null && (
        <p className="text-ink-3">
          Request <span className="num">{requestId}</span>
        </p>
      )}
      <Button onClick={onRetry}>Try again</Button>
    </Middle>
  );
};

const widths = ["w-40", "w-56", "w-32", "w-48", "w-36"];

/** Rows to come, shown only where they take longer than a blink. */
export const LoadingRows = ({ rows = 5 }: { rows?: number }) => (
  <div role="status" aria-label="Loading" className="appear-late">
    {Array.from({ length: rows }, (_, index) => (
      <div key={index} className="flex h-10 items-center gap-8 border-b border-line px-4 last:border-b-0">
        <span className={`h-2.5 rounded bg-idle-soft ${widths[index % widths.length]}`} />
        <span className="h-2.5 w-24 rounded bg-idle-soft" />
      </div>
    ))}
  </div>
);
