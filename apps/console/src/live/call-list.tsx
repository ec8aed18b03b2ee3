/** All live calls, newest first; only those in sight are drawn, so that two thousand are as light as twenty. */
import type { LiveCall } from "@switchboard/api/schemas/live-call";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useLayoutEffect, useRef, useState } from "react";
import { useMediaQuery } from "../browser/use-media-query.ts";
import { usePhoneFormat } from "../format/phone.ts";
import type { HangUpState } from "../call-actions/use-hanging-up.ts";
import { CallCard, CallRow, columns, type RowProps } from "./call-row.tsx";
import { useRowFocus } from "./use-row-focus.ts";

const rowHeight = 40;
const cardHeight = 104;

const Head = () => (
  <div role="row" aria-rowindex={1} className={`${columns} border-b border-line py-2 text-xs font-medium text-ink-3`}>
    <span role="columnheader">State</span>
    <span role="columnheader" className="text-right">
      Time
    </span>
    <span role="columnheader">From</span>
    <span role="columnheader">To</span>
    <span role="columnheader">Rule</span>
    <span role="columnheader" className="hidden @min-[960px]:block">
      Group
    </span>
    <span role="columnheader">Agent</span>
    <span role="columnheader" className="text-right">
      Try
    </span>
  </div>
);

type Props = {
  calls: readonly LiveCall[];
  openId: string | null;
  frozenAt: number | null;
  /** `pick` null: the person may do nothing to calls. */
  picking: { picked: readonly string[]; states: ReadonlyMap<string, HangUpState>; pick: RowProps["onPick"] };
  onOpen: (callId: string) => void;
};

export const CallList = ({ calls, openId, frozenAt, picking, onOpen }: Props) => {
  const isNarrow = useMediaQuery("(max-width: 859px)");
  const format = usePhoneFormat();
  const list = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => setTop(list.current?.offsetTop ?? 0), []);
  const virtual = useWindowVirtualizer({
    count: calls.length,
    estimateSize: () => (isNarrow ? cardHeight : rowHeight),
    getItemKey: (index) => calls[index]?.id ?? index,
    overscan: 8,
    scrollMargin: top,
  });
  useLayoutEffect(() => virtual.measure(), [virtual, isNarrow]);
  const focus = useRowFocus(calls, list, (index) => virtual.scrollToIndex(index));
  const Row = isNarrow ? CallCard : CallRow;

  return (
    <div role="table" aria-label="Live calls" aria-rowcount={calls.length + 1} className="@container">
      {!isNarrow && <Head />}
      <div ref={list} role="rowgroup" className="relative -mb-px" style={{ height: virtual.getTotalSize() }} {...focus.handlers}>
        {virtual.getVirtualItems().map((item) => {
          const call = calls[item.index];
          if (call === undefined) return null;
          return (
            <div
              key={item.key}
              role="row"
              aria-rowindex={item.index + 2}
              className="absolute inset-x-0 top-0"
              style={{ transform: `translateY(${item.start - top}px)` }}
            >
              <Row
                call={call}
                format={format}
                frozenAt={frozenAt}
                isOpen={call.id === openId}
                isTabStop={call.id === focus.stopId}
                isPicked={picking.picked.includes(call.id)}
                hangUpState={picking.states.get(call.id)}
                onPick={picking.pick}
                onOpen={onOpen}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
};
