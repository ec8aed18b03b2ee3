/** One of the first steps: what it is for in a sentence, whether it is done, and its form while it is open. */
import { Check } from "lucide-react";
import { type ReactNode, useId } from "react";

type Props = {
  place: number;
  title: string;
  why: string;
  /** What was made, once it was. */
  done: ReactNode | null;
  isOpen: boolean;
  onToggle: () => void;
  children: ReactNode;
};

const Mark = ({ place, isDone }: { place: number; isDone: boolean }) => (
  <span
    className={`num mt-0.5 grid size-6 place-items-center rounded-full border ${isDone ? "border-accent bg-accent text-on-accent" : "border-line-strong text-ink-2"}`}
  >
    {isDone ? <Check size={13} strokeWidth={3} aria-hidden /> : place}
  </span>
);

export const Step = ({ place, title, why, done, isOpen, onToggle, children }: Props) => {
  const id = useId();
  const isDone = done !== null;
  return (
    <li className="grid grid-cols-[24px_minmax(0,1fr)] gap-x-3.5 border-b border-line px-4 py-4 last:border-b-0 sm:px-5">
      <Mark place={place} isDone={isDone} />
      <div className="min-w-0">
        <h2>
          <button
            type="button"
            aria-expanded={isOpen}
            aria-controls={id}
            onClick={onToggle}
            className="flex w-full min-w-0 flex-wrap items-baseline gap-x-2 rounded-md text-left text-base leading-7 font-semibold outline-offset-4"
          >
            {title}
            <span className="sr-only">{isDone ? ", done" : ", still to do"}</span>
            {isDone && <span className="min-w-0 truncate text-sm font-normal text-ink-3">{done}</span>}
          </button>
        </h2>
        <div id={id} hidden={!isOpen}>
          {isOpen && (
            <>
              <p className="mt-0.5 mb-4 max-w-[60ch] text-ink-2">{why}</p>
              {children}
            </>
          )}
        </div>
      </div>
    </li>
  );
};
