/** How a simulated call was decided: the rules it met, the agents who were asked, and what the platform would be told. */
import type { ReactNode } from "react";
import type { Simulation } from "../api/answers.ts";
import { CopyButton } from "../components/copy-button.tsx";
import { indentXml } from "../format/indent-xml.ts";
import { Candidates } from "./candidates.tsx";
import { Ladder } from "./ladder.tsx";
import type { Direction, SimulatedCall } from "./simulated-call.ts";

const Part = ({ title, beside, children }: { title: string; beside?: ReactNode; children: ReactNode }) => (
  <section className="border-t border-line pt-2.5">
    <h3 className="flex items-center gap-1 px-4 pb-1 text-xs font-medium text-ink-3">
      {title}
      {beside}
    </h3>
    {children}
  </section>
);

type Props = { direction: Direction; call: SimulatedCall; simulation: Simulation };

export const SimulationDetails = ({ direction, call, simulation }: Props) => (
  <>
    <Part title="Rules, in the order in which they are tried">
      <Ladder direction={direction} call={call} simulation={simulation} />
    </Part>
    {simulation.candidates.length > 0 && (
      <Part title="Agents who are asked">
        <Candidates simulation={simulation} />
      </Part>
    )}
    <Part title="What Cloudonix would be told, without credentials" beside={<CopyButton text={simulation.cxml} what="the CXML" />}>
      <pre className="mx-4 mt-1 mb-4 rounded-md border border-line bg-sunken px-3 py-2 font-mono text-xs leading-relaxed [overflow-wrap:anywhere] whitespace-pre-wrap text-ink-2">
        {indentXml(simulation.cxml)}
      </pre>
    </Part>
  </>
);
