/** A part of a page that is read from the top: what it is about and why on one side, the thing itself on the other. */
import { type ReactNode, useId } from "react";

type Props = { title: string; about?: ReactNode; children: ReactNode };

export const Section = ({ title, about, children }: Props) => {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className="grid gap-x-10 gap-y-3 border-b border-line py-6 first:pt-1 last:border-b-0 min-[860px]:grid-cols-[260px_minmax(0,1fr)]"
    >
      <div className="grid content-start gap-1">
        <h2 id={id} className="font-semibold">
          {title}
        </h2>
        {about !== undefined && <div className="text-ink-3">{about}</div>}
      </div>
      <div className="min-w-0 max-w-[560px]">{children}</div>
    </section>
  );
};
