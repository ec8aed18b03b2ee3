/** A part of a page that stands for itself: its name, what leads further, and what it is about. */
import { type ReactNode, useId } from "react";

type Props = { title: string; beside?: ReactNode; more?: ReactNode; children: ReactNode; className?: string };

export const Card = ({ title, beside, more, children, className = "" }: Props) => {
  const id = useId();
  return (
    <section aria-labelledby={id} className={`min-w-0 rounded-lg border border-line bg-panel ${className}`}>
      <div className="flex flex-wrap items-baseline gap-x-2 border-b border-line px-4 py-2.5">
        <h2 id={id} className="font-semibold">
          {title}
        </h2>
        {beside !== undefined && <span className="text-ink-3">{beside}</span>}
        <span className="flex-1" />
        {more}
      </div>
      {children}
    </section>
  );
};
