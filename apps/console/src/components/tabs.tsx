/** Several views of one thing, of which one is open; which, stands in the address. */
import { Tabs as Base } from "@base-ui/react/tabs";
import type { ReactNode } from "react";

export type Tab<Id extends string> = { id: Id; label: string; content: () => ReactNode };

type Props<Id extends string> = { label: string; tabs: readonly Tab<Id>[]; openId: Id; onOpen: (id: Id) => void };

export const Tabs = <Id extends string>({ label, tabs, openId, onOpen }: Props<Id>) => (
  <Base.Root
    value={openId}
    onValueChange={(value) => {
      const tab = tabs.find(({ id }) => id === value);
      if (tab !== undefined) onOpen(tab.id);
    }}
  >
    <Base.List aria-label={label} className="relative mb-5 flex gap-5 overflow-x-auto border-b border-line">
      {tabs.map((tab) => (
        <Base.Tab
          key={tab.id}
          value={tab.id}
          className="-outline-offset-2 min-h-9 whitespace-nowrap border-b-2 border-transparent text-ink-2 hover:text-ink data-active:border-accent data-active:font-[550] data-active:text-ink"
        >
          {tab.label}
        </Base.Tab>
      ))}
    </Base.List>
    {tabs.map((tab) => (
      <Base.Panel key={tab.id} value={tab.id} className="outline-offset-4">
        {tab.id === openId && tab.content()}
      </Base.Panel>
    ))}
  </Base.Root>
);
