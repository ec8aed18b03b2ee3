/** Who calls whom: typed, or taken from a call that there was. */
import { Field } from "../components/field.tsx";
import { useIsAdmin } from "../session/use-role.ts";
import { RecentCalls } from "./recent-calls.tsx";
import type { Direction, SimulatedCall } from "./simulated-call.ts";

type Props = { direction: Direction; call: SimulatedCall; onCall: (call: SimulatedCall) => void };

export const CallFields = ({ direction, call, onCall }: Props) => {
  // Numbers of past calls are masked for others: there is nothing that could be simulated.
  const isAdmin = useIsAdmin();
  const field = { isMono: true, autoComplete: "off", spellCheck: false, maxLength: 200 };
  return (
    <div className="grid gap-3 px-4 py-3">
      <div className="grid grid-cols-2 gap-3">
        <Field
          {...field}
          label="From"
          placeholder="withheld"
          value={call.from}
          onChange={(event) => onCall({ ...call, from: event.target.value })}
        />
        <Field
          {...field}
          label="To"
          placeholder={direction === "inbound" ? "called number" : "destination"}
          value={call.to}
          onChange={(event) => onCall({ ...call, to: event.target.value })}
        />
      </div>
      {isAdmin && <RecentCalls direction={direction} onCall={onCall} />}
    </div>
  );
};
