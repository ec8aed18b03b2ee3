/** A figure that leads to what is behind it, with a word on how it was before. */
import { Link, type LinkProps } from "@tanstack/react-router";
import type { ReactNode } from "react";

type FigureProps = { name: string; value: string; more: ReactNode; link: Pick<LinkProps, "to" | "search"> };

export const Figure = ({ name, value, more, link }: FigureProps) => (
  <div className="relative grid content-start gap-0.5 border-line px-4 py-3 hover:bg-sunken">
    <dt className="text-xs text-ink-3">
      <Link {...link} className="after:absolute after:inset-0">
        {name}
      </Link>
    </dt>
    <dd className="flex flex-wrap items-baseline gap-x-2">
      <span className="text-[20px] leading-7 font-semibold tracking-tight tabular-nums">{value}</span>
      <span className="num text-ink-3">{more}</span>
    </dd>
  </div>
);
