/** Above a page's name: the list that it belongs to. */
import type { ReactNode } from "react";

export const Trail = ({ children }: { children: ReactNode }) => (
  <nav aria-label="Up" className="mb-1 text-ink-3 [&_a]:inline-flex [&_a]:min-h-6 [&_a]:items-center [&_a]:hover:text-ink">
    {children}
  </nav>
);
