/** A call that nobody makes: who would get it now and why not the others; and, while a rule is being changed, what saving it would do. */
import type { SimulationAsked } from "../api/answers.ts";
import { fieldIssuesOf, failureOf } from "../api/failure.ts";
import { CallFields } from "./call-fields.tsx";
import { OutcomeLine } from "./outcome.tsx";
import { SimulationDetails } from "./simulation-details.tsx";
import type { Direction, SimulatedCall, UnsavedChange } from "./simulated-call.ts";
import { useFreshSimulations, useSimulation } from "./use-simulation.ts";

type Props = {
  direction: Direction;
  call: SimulatedCall;
  onCall: (call: SimulatedCall) => void;
  unsaved: UnsavedChange;
};

const Failed = ({ error }: { error: unknown }) => {
  const { message, requestId } = failureOf(error);
  const issues = fieldIssuesOf(error).map((issue) => issue.message);
  return (
    <p role="alert" className="px-4 pb-3 text-bad">
      {[message, ...issues.filter((issue) => !message.includes(issue))].join(" ")}{" "}
      {issues.length === 0 && requestId !== null && <span className="num">Request {requestId}</span>}
    </p>
  );
};

const askedOf = ({ direction, call, unsaved }: Props): { now: SimulationAsked | null; changed: SimulationAsked | null } => {
  if (call.to.trim() === "") return { now: null, changed: null };
  const now = { ...call, direction };
  return { now, changed: unsaved?.kind === "ready" ? { ...now, draft: unsaved.draft } : null };
};

export const Simulator = (props: Props) => {
  const { direction, call, onCall, unsaved } = props;
  const asked = askedOf(props);
  const now = useSimulation(asked.now);
  const changed = useSimulation(asked.changed);
  useFreshSimulations();
  const isChanging = asked.changed !== null;
  const shown = isChanging ? changed : now;
  return (
    <>
      <CallFields direction={direction} call={call} onCall={onCall} />
      {asked.now === null && (
        <p className="px-4 pb-4 text-ink-3">
          {direction === "inbound" ? "Say who calls which number." : "Say from which number somebody calls where."} Nothing is dialled and
          nothing is counted.
        </p>
      )}
      {asked.now !== null && unsaved?.kind === "unreadable" && (
        <p className="px-4 pb-3 text-ring">What you changed can’t be tried before the form is filled in. This is how it is now:</p>
      )}
      <div aria-live="polite" aria-busy={!shown.isSettled}>
        {isChanging && changed.simulation !== undefined && <OutcomeLine title="With your unsaved change" simulation={changed.simulation} />}
        {now.simulation !== undefined && (
          <OutcomeLine title={isChanging ? "As it is now" : null} simulation={now.simulation} isQuiet={isChanging} />
        )}
      </div>
      {shown.error !== null && <Failed error={shown.error} />}
      {shown.simulation !== undefined && shown.error === null && (
        <SimulationDetails direction={direction} call={call} simulation={shown.simulation} />
      )}
    </>
  );
};
