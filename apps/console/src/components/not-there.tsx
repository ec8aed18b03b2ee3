/** An address that names nothing: says so, and leads back. */
import type { ReactNode } from "react";
import { PageHead } from "./page-head.tsx";

/** `what`: "agent"; `children`: the way back. */
export const NotThere = ({ what, children }: { what: string; children: ReactNode }) => (
  <>
    <PageHead title={`There is no such ${what}`} />
    <p className="text-ink-2">It may have been deleted, or the address was cut short. {children}</p>
  </>
);
