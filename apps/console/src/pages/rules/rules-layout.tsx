/** The list of rules, the rule that is open and the simulator: side by side where there is room, else the simulator above the list and the rule over it. */
import type { ReactNode } from "react";
import { useMediaQuery } from "../../browser/use-media-query.ts";
import { Dialog } from "../../components/dialog.tsx";
import { useMovable } from "../../components/movable.tsx";
import { RulePanel } from "./rule-panel.tsx";

type Open = { title: string; content: ReactNode; onClose: () => void };

type Props = {
  list: ReactNode;
  /** What the simulator answers. */
  question: string;
  simulator: ReactNode;
  /** Whether somebody has asked for a simulation already. */
  isSimulating: boolean;
  open: Open | null;
};

type Asking = { question: string; children: ReactNode };

const SimulatorCard = ({ question, children }: Asking) => (
  <section aria-label="Simulator" className="min-w-0 rounded-lg border border-line bg-panel">
    <h2 className="border-b border-line px-4 py-2.5 font-semibold">{question}</h2>
    {children}
  </section>
);

const Folded = ({ isOpen, question, children }: Asking & { isOpen: boolean }) => (
  <details open={isOpen} className="group mb-4 rounded-lg border border-line bg-panel">
    <summary className="cursor-pointer px-4 py-2.5">
      <h2 className="inline font-semibold">{question}</h2>
    </summary>
    <div className="border-t border-line">{children}</div>
  </details>
);

const Narrow = ({ list, question, simulator, isSimulating, open }: Props) => (
  <>
    {open === null && <Folded {...{ question, isOpen: isSimulating }}>{simulator}</Folded>}
    {list}
    {open !== null && (
      <Dialog title={open.title} onClose={open.onClose}>
        {open.content}
        <div className="-mx-4 mt-5 -mb-4 border-t border-line">
          <h3 className="px-4 pt-3 font-semibold">{question}</h3>
          {simulator}
        </div>
      </Dialog>
    )}
  </>
);

const scrolls = "max-h-[calc(100dvh-2rem)] overflow-y-auto";

const Wide = ({ list, question, simulator, open }: Props) => (
  <div
    className={`grid grid-cols-[minmax(0,1fr)_340px] items-start gap-4 ${open === null ? "min-[1400px]:grid-cols-[minmax(0,1fr)_372px]" : "min-[1400px]:grid-cols-[minmax(0,1fr)_348px_348px]"}`}
  >
    <div className="min-w-0">{list}</div>
    <div className={`sticky top-4 grid min-w-0 gap-4 ${open === null ? scrolls : `${scrolls} min-[1400px]:contents`}`}>
      {open !== null && (
        <div className="min-w-0 min-[1400px]:sticky min-[1400px]:top-4">
          <RulePanel title={open.title} onClose={open.onClose}>
            {open.content}
          </RulePanel>
        </div>
      )}
      <div
        className={
          open === null
            ? "min-w-0"
            : `min-w-0 min-[1400px]:sticky min-[1400px]:top-4 min-[1400px]:max-h-[calc(100dvh-2rem)] min-[1400px]:overflow-y-auto`
        }
      >
        <SimulatorCard question={question}>{simulator}</SimulatorCard>
      </div>
    </div>
  </div>
);

export const RulesLayout = ({ open, ...rest }: Props) => {
  const hasRoom = useMediaQuery("(min-width: 1180px)");
  const { movable, place } = useMovable(open?.content);
  const props = { ...rest, open: open === null ? null : { ...open, content: place } };
  return (
    <>
      {movable}
      {hasRoom ? <Wide {...props} /> : <Narrow {...props} />}
    </>
  );
};
