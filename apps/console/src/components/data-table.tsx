/** A list of things: rows where there is room, cards where there is none; only those in sight are drawn, and more are fetched as one goes down. */
import { columnVisibilityFeature, createColumnHelper, tableFeatures, useTable } from "@tanstack/react-table";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import {
  type CSSProperties,
  type ReactNode,
  type RefObject,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { useMediaQuery } from "../browser/use-media-query.ts";
import { useRowKeys } from "./use-row-keys.ts";

export type Column<Row> = {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** Its track in the grid: `minmax(0,2fr)`, `96px`. */
  width: string;
  isNumber?: boolean;
  /** Not named in a card, where it speaks for itself. */
  isUnnamedInCard?: boolean;
};

type Props<Row> = {
  label: string;
  /** Stable: made once, outside of the component or by `useMemo`. */
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
  /** Ids of columns that are not shown. */
  hidden?: readonly string[];
  /** The row whose details are open. */
  openId?: string | null;
  more?: { has: boolean; isFetching: boolean; fetch: () => void };
};

const features = tableFeatures({ columnVisibilityFeature });
/** As rows are drawn whose text needs one line: where one had scrolled to is then found again. */
const rowHeight = 40;
const cardHeight = 120;
/** How many rows before the end the next page is asked for. */
const ahead = 15;

/** Where the list begins on the page, which changes with what is above it. */
const useTop = (list: RefObject<HTMLElement | null>): number => {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const element = list.current;
    if (element === null) return;
    const measure = () => setTop(element.getBoundingClientRect().top + window.scrollY);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [list]);
  return top;
};

type Shown<Row> = Pick<Props<Row>, "columns" | "rows" | "rowId"> & { hidden: readonly string[] | undefined };

/** The columns that are shown, and the rows by their ids. */
const useModel = <Row extends object>({ columns, rows, rowId, hidden }: Shown<Row>) => {
  const definitions = useMemo(() => {
    const helper = createColumnHelper<typeof features, Row>();
    return columns.map(({ id, header }) => helper.display({ id, header }));
  }, [columns]);
  const columnVisibility = useMemo(() => Object.fromEntries((hidden ?? []).map((id) => [id, false])), [hidden]);
  const table = useTable({ features, columns: definitions, data: rows, getRowId: rowId, state: { columnVisibility } });
  const visible = new Set(table.getVisibleLeafColumns().map(({ id }) => id));
  return { columns: columns.filter(({ id }) => visible.has(id)), rows: table.getRowModel().rows };
};

type RowProps<Row> = { columns: readonly Column<Row>[]; row: Row; isNarrow: boolean };

const Cells = <Row,>({ columns, row, isNarrow }: RowProps<Row>) =>
  columns.map((column) =>
    isNarrow ? (
      <div key={column.id} role="cell" className="flex min-w-0 gap-2">
        {column.isUnnamedInCard !== true && <span className="w-28 shrink-0 text-ink-3">{column.header}</span>}
        <div className="min-w-0 flex-1">{column.cell(row)}</div>
      </div>
    ) : (
      <div key={column.id} role="cell" className={`min-w-0 ${column.isNumber === true ? "num text-right" : ""}`}>
        {column.cell(row)}
      </div>
    ),
  );

const Head = <Row,>({ columns, grid }: { columns: readonly Column<Row>[]; grid: CSSProperties | null }) => (
  <div
    role="row"
    aria-rowindex={1}
    style={grid ?? {}}
    className={grid === null ? "sr-only" : "grid gap-4 border-b border-line px-4 py-2 text-xs font-medium text-ink-3"}
  >
    {columns.map(({ id, header, isNumber }) => (
      <span key={id} role="columnheader" className={isNumber === true ? "text-right" : ""}>
        {header}
      </span>
    ))}
  </div>
);

const rowLook = (isNarrow: boolean, isOpen: boolean): string =>
  `absolute inset-x-0 top-0 border-b border-line hover:bg-sunken ${isOpen ? "bg-accent-soft" : ""} ${
    isNarrow ? "grid gap-1 px-4 py-3" : "grid min-h-10 items-center gap-4 px-4 py-1.5"
  }`;

/** Asks for the next page as one comes near the end of what is here. */
const useMore = (more: Props<object>["more"], last: number, count: number) => {
  const isWanted = more !== undefined && more.has && !more.isFetching && last >= count - ahead;
  const fetchMore = useEffectEvent(() => more?.fetch());
  useEffect(() => {
    if (isWanted) fetchMore();
  }, [isWanted]);
};

export const DataTable = <Row extends object>({ label, columns: all, rows: data, rowId, hidden, openId = null, more }: Props<Row>) => {
  const isNarrow = useMediaQuery("(max-width: 859px)");
  const list = useRef<HTMLDivElement>(null);
  const top = useTop(list);
  const { columns, rows } = useModel({ columns: all, rows: data, rowId, hidden });
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => (isNarrow ? cardHeight : rowHeight),
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 10,
    scrollMargin: top,
  });
  const items = virtual.getVirtualItems();
  useMore(more, items.at(-1)?.index ?? -1, rows.length);
  const keys = useRowKeys(list, rows.length, (index) => virtual.scrollToIndex(index));
  const grid = isNarrow ? null : { gridTemplateColumns: columns.map(({ width }) => width).join(" ") };
  return (
    <div role="table" aria-label={label} aria-rowcount={more?.has === true ? -1 : rows.length + 1}>
      <Head columns={columns} grid={grid} />
      <div ref={list} role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }} onKeyDown={keys}>
        {items.map(({ key, index, start }) => {
          const row = rows[index];
          if (row === undefined) return null;
          const style = { ...grid, transform: `translateY(${start - top}px)` };
          const place = { role: "row", "data-index": index, "aria-rowindex": index + 2, style };
          return (
            <div key={key} ref={virtual.measureElement} {...place} className={rowLook(isNarrow, row.id === openId)}>
              <Cells columns={columns} row={row.original} isNarrow={isNarrow} />
            </div>
          );
        })}
      </div>
      {more?.isFetching === true && <LoadingMore />}
    </div>
  );
};

const LoadingMore = () => (
  <p role="status" className="px-4 py-2 text-ink-3">
    Loading more…
  </p>
);
