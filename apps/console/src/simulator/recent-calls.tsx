/** The latest calls, to be simulated again. */
import { Menu } from "@base-ui/react/menu";
import { History } from "lucide-react";
import { useState } from "react";
import { failureOf } from "../api/failure.ts";
import { trpc } from "../api/trpc.ts";
import { Button } from "../components/button.tsx";
import { TimeText } from "../components/time-text.tsx";
import { usePhoneFormat } from "../format/phone.ts";
import type { Direction, SimulatedCall } from "./simulated-call.ts";

const shownAtMost = 8;

type Props = { direction: Direction; onCall: (call: SimulatedCall) => void };

const Items = ({ direction, onCall }: Props) => {
  const format = usePhoneFormat();
  const { data, error } = trpc.callRecords.list.useQuery({ direction, limit: shownAtMost });
  if (data === undefined) {
    return <p className="px-2.5 py-1.5 text-ink-3">{error === null ? "Loading…" : failureOf(error).message}</p>;
  }
  if (data.items.length === 0) return <p className="px-2.5 py-1.5 text-ink-3">There was no call yet.</p>;
  return data.items.map(({ id, from, to, startedAt }) => (
    <Menu.Item
      key={id}
      onClick={() => onCall({ from, to })}
      className="flex cursor-default flex-wrap items-baseline justify-between gap-x-3 px-2.5 py-1.5 outline-none data-highlighted:bg-accent-soft"
    >
      <span className="num">
        {format(from)} → {format(to)}
      </span>
      <span className="text-xs text-ink-3">
        <TimeText at={startedAt} isRelative />
      </span>
    </Menu.Item>
  ));
};

export const RecentCalls = (props: Props) => {
  const [isOpen, setOpen] = useState(false);
  return (
    <Menu.Root open={isOpen} onOpenChange={setOpen}>
      <Menu.Trigger render={<Button className="justify-self-start" />}>
        <History size={13} aria-hidden />
        Use a recent call
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className="z-40 outline-none" sideOffset={4} align="start">
          <Menu.Popup
            aria-label="Recent calls"
            className="max-h-[var(--available-height)] w-[min(340px,calc(100vw-2rem))] overflow-y-auto rounded-md border border-line-2 bg-panel py-1 text-ink shadow-float outline-none"
          >
            {isOpen && <Items {...props} />}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
};
