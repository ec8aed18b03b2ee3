/** One call in the list: a row where there is room, a card where there is none. */
import type { LiveCall } from "@switchboard/api/schemas/live-call";
import { findProvider } from "@switchboard/routing/provider-catalogue";
import { reasonText } from "@switchboard/routing/reason-text";
import { memo } from "react";
import { Badge } from "../components/badge.tsx";
import { canBeActedOn } from "../call-actions/call-actions.tsx";
import type { HangUpState } from "../call-actions/use-hanging-up.ts";
import { hasEnded } from "./board.ts";
import { CallDuration } from "./call-duration.tsx";
import { destinationOf, stateWords } from "./call-words.ts";

export type RowProps = {
  call: LiveCall;
  format: (number: string) => string;
  frozenAt: number | null;
  isOpen: boolean;
  /** One row of all is in the order of tabs; arrows go to the others. */
  isTabStop: boolean;
  isPicked: boolean;
  hangUpState: HangUpState | undefined;
  /** Null: nothing may be done to calls. */
  onPick: ((callId: string, isPicked: boolean) => void) | null;
  onOpen: (callId: string) => void;
};

const PickBox = ({ call, format, isPicked, isTabStop, onPick, size }: RowProps & { size: string }) =>
  onPick === null || !canBeActedOn(call) ? null : (
    <input
      type="checkbox"
      data-call={call.id}
      tabIndex={isTabStop ? 0 : -1}
      checked={isPicked}
      aria-label={`Select the call from ${format(call.from)}`}
      onChange={(event) => onPick(call.id, event.target.checked)}
      // Above the button that covers the row.
      className={`relative z-10 mr-1.5 align-middle accent-accent ${size}`}
    />
  );

const OpenButton = ({ call, format, isOpen, isTabStop, onOpen }: RowProps) => (
  <button
    type="button"
    data-call={call.id}
    tabIndex={isTabStop ? 0 : -1}
    aria-expanded={isOpen}
    aria-label={`${stateWords[call.state].word}: ${call.test ? "test call" : "call"} from ${format(call.from)} to ${format(call.to)}, details`}
    onClick={() => onOpen(call.id)}
    className="absolute inset-0 outline-offset-[-2px]"
  />
);

const State = ({ call }: { call: LiveCall }) => {
  const { word, tone } = stateWords[call.state];
  return <Badge tone={tone}>{word}</Badge>;
};

const providerOf = (key: string): string => findProvider(key)?.label ?? key;

const HangUpWords = ({ state }: { state: HangUpState | undefined }) => {
  if (state === undefined) return null;
  return state.kind === "pending" ? (
    <span className="text-ink-2">Hanging up… · </span>
  ) : (
    <span className="text-bad" title={state.words}>
      Not hung up: {state.words} ·{" "}
    </span>
  );
};

const Destination = ({ call, state }: { call: LiveCall; state: HangUpState | undefined }) => (
  <>
    <HangUpWords state={state} />
    {call.test && <span className="font-[550] text-info">Test · </span>}
    {destinationOf(call)}
    {call.agentProvider !== null && <span className="text-ink-3"> · {providerOf(call.agentProvider)}</span>}
    {call.reason !== null && call.reason !== "matched" && <span className="text-ink-3"> · {reasonText(call.reason).text}</span>}
    {call.degraded && <span className="text-ring"> · decided without the live store</span>}
  </>
);

const surface = ({ call, isOpen }: RowProps) =>
  `relative border-b border-line transition-colors ${isOpen ? "bg-accent-soft" : "hover:bg-sunken"} ${hasEnded(call) ? "animate-leave" : ""}`;

export const columns =
  "grid grid-cols-[112px_52px_minmax(128px,1fr)_minmax(128px,1fr)_minmax(88px,0.7fr)_minmax(110px,1.5fr)_28px] content-center items-baseline gap-x-3.5 px-3.5 @min-[960px]:grid-cols-[112px_52px_minmax(128px,1fr)_minmax(128px,1fr)_minmax(88px,0.7fr)_minmax(110px,0.9fr)_minmax(110px,1.5fr)_28px]";

export const CallRow = memo((props: RowProps) => {
  const { call, format, frozenAt } = props;
  return (
    <div className={`${surface(props)} ${columns} h-10`}>
      <span role="cell" className="whitespace-nowrap">
        <PickBox {...props} size="size-4" />
        <State call={call} />
        <OpenButton {...props} />
      </span>
      <span role="cell" className="num text-right">
        <CallDuration call={call} frozenAt={frozenAt} />
      </span>
      <span role="cell" className="num truncate">
        {format(call.from)}
      </span>
      <span role="cell" className="num truncate">
        {format(call.to)}
      </span>
      <span role="cell" className="num truncate text-ink-2">
        {call.rulePattern ?? "–"}
      </span>
      <span role="cell" className="hidden truncate text-ink-2 @min-[960px]:block">
        {call.groupName ?? "–"}
      </span>
      <span role="cell" className="truncate">
        <Destination call={call} state={props.hangUpState} />
      </span>
      <span role="cell" className="num text-right">
        {call.attempt === 0 ? "–" : call.attempt}
      </span>
    </div>
  );
});

export const CallCard = memo((props: RowProps) => {
  const { call, format, frozenAt } = props;
  const via = [call.rulePattern, call.groupName].filter((text) => text !== null).join(" → ");
  return (
    <div className={`${surface(props)} grid h-[104px] content-center gap-1 px-3.5`}>
      <span role="cell" className="flex items-center justify-between gap-3">
        <span className="flex items-center">
          <PickBox {...props} size="size-6" />
          <State call={call} />
        </span>
        <CallDuration call={call} frozenAt={frozenAt} />
        <OpenButton {...props} />
      </span>
      <span role="cell" className="num truncate">
        {format(call.from)} → {format(call.to)}
      </span>
      <span role="cell" className="flex min-w-0 items-baseline justify-between gap-3">
        <span className="truncate">
          <Destination call={call} state={props.hangUpState} />
        </span>
        {call.attempt > 1 && <span className="shrink-0 text-xs text-ink-2">try {call.attempt}</span>}
      </span>
      <span role="cell" className="num truncate text-ink-3">
        {via === "" ? "–" : via}
      </span>
    </div>
  );
});
