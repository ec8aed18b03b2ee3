/** How many calls pass the filters: counted where they are few, else about as many as the figures have or the server guesses from the index, and said to be so. */
import { figuredCalls } from "../figures/call-figures.ts";
import { edgeOf } from "./call-page.ts";
import { type CallsAsked, estimate, partOf, type Way, wayTo } from "./call-walks.ts";
import { rowsOf } from "../database/sql.ts";

/** `at_least`: so many were found among the latest, and nobody looked further. */
export type CallTotal = { count: number; precision: "exact" | "estimate" | "at_least" };

const mostCounted = 1_000;
/** A guess may be a few times too large; beyond this nobody needs to look. */
const surelyMore = 50 * mostCounted;
/** Of calls that pass one filter, so many of the latest are asked whether they pass the others. */
const sampled = 300;

export async function countCalls(asked: CallsAsked): Promise<CallTotal> {
  const { way, met } = await wayTo(asked);
  const onWay = met ?? (await estimate(asked, way));
  const since = way.rest.sql === "" || onWay <= sampled ? null : await edgeOf(asked, way, sampled);
  const counted = since === null && onWay > surelyMore ? mostCounted + 1 : await countOn(asked, way, since);
  if (since === null && counted <= mostCounted) return { count: counted, precision: "exact" };
  if (since === null) return { count: await about(asked, way, { onWay, counted }), precision: "estimate" };
  const share = counted / sampled;
  return counted === 0 ? { count: 0, precision: "at_least" } : { count: Math.round(onWay * share), precision: "estimate" };
}

/** Figures that know of fewer calls than were counted are just being made. */
async function about(asked: CallsAsked, way: Way, { onWay, counted }: { onWay: number; counted: number }): Promise<number> {
  const figured = await figuredCalls(asked, way);
  return figured !== null && figured >= counted ? figured : Math.max(onWay, counted);
}

/** No more than one beyond what is counted exactly, on each walk. */
async function countOn(asked: CallsAsked, { walks, rest }: Way, since: Date | null): Promise<number> {
  if (walks.length === 0) return 0;
  const parts = walks.map((walk) => partOf(walk, asked, { rest, since }));
  const most = since === null ? mostCounted + 1 : sampled;
  const selects = parts.map(({ id, sql }) => `(SELECT ${id} AS id ${sql} LIMIT ${most})`);
  const [row] = await rowsOf<{ calls: number }>(
    asked.pool,
    `SELECT COUNT(*) AS calls FROM (${selects.join(" UNION ")}) AS met`,
    parts.flatMap(({ values }) => values),
  );
  return row?.calls ?? 0;
}
