/** A page's name, what belongs beside it, and what can be done on the page. */
import { type ReactNode, useEffect } from "react";

type Props = {
  title: string /** In the browser's tab, where it differs from the name. */;
  tab?: string;
  beside?: ReactNode;
  children?: ReactNode;
};

export const PageHead = ({ title, tab = title, beside, children }: Props) => {
  useEffect(() => {
    document.title = `${tab} · Switchboard`;
  }, [tab]);
  return (
    <div className="mb-4 flex min-h-8 flex-wrap items-center gap-x-3 gap-y-2">
      <h1 className="text-lg leading-7 font-semibold tracking-tight">{title}</h1>
      {beside}
      <span className="flex-1" />
      {children}
    </div>
  );
};
