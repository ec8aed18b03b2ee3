/** Which part of the calls somebody got, as a bar, and with a tick which part they should get. */
import { formatPart } from "../format/number.ts";

type Props = {
  /** Whose. */
  name: string;
  /** Parts of 1; null where there were no calls, or nobody can be chosen. */
  share: number | null;
  target: number | null;
  /** What the whole width stands for, so that many small parts can be told apart. */
  scale?: number;
};

const wordsOf = (share: number | null, target: number | null): string =>
  `${share === null ? "no calls yet" : `${formatPart(share)} of the calls`}, ${target === null ? "no target now" : `target ${formatPart(target)}`}`;

const width = (part: number, scale: number): string => `${Math.min(100, (part / scale) * 100)}%`;

export const ShareBar = ({ name, share, target, scale = 1 }: Props) => (
  <span role="img" aria-label={`${name}: ${wordsOf(share, target)}`} title={wordsOf(share, target)} className="flex items-center gap-2">
    <span className="relative h-1.5 min-w-12 flex-1 rounded-full bg-idle-soft">
      {share !== null && share > 0 && (
        <span className="absolute inset-y-0 left-0 min-w-1 rounded-full bg-accent" style={{ width: width(share, scale) }} />
      )}
      {target !== null && (
        <span className="absolute -inset-y-1 w-0.5 -translate-x-1/2 rounded-full bg-ink" style={{ left: width(target, scale) }} />
      )}
    </span>
    <span className="num w-[4.5ch] shrink-0 text-right">{share === null ? "–" : formatPart(share)}</span>
    <span className="num w-[7.5ch] shrink-0 text-ink-3">{target === null ? "" : `of ${formatPart(target)}`}</span>
  </span>
);
