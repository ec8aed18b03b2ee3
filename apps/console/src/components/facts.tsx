/** What is known of one thing, line by line. */
import type { ReactNode } from "react";

export const Facts = ({ children }: { children: ReactNode }) => <dl className="divide-y divide-line">{children}</dl>;

export const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div className="grid grid-cols-[7rem_minmax(0,1fr)] gap-3 py-2">
    <dt className="text-ink-3">{name}</dt>
    <dd className="min-w-0 break-words">{children}</dd>
  </div>
);
