/** Rings a number by an outbound rule and connects whoever answers with an agent; then one watches it. */
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { failureOf } from "../api/failure.ts";
import { trpc } from "../api/trpc.ts";
import { Button } from "../components/button.tsx";
import { Dialog } from "../components/dialog.tsx";
import { Field } from "../components/field.tsx";
import { Notice } from "../components/notice.tsx";
import { namedBy, noPlace, PlaceField } from "./place-field.tsx";

/** Goes to watch the call that was begun. */
const useStarting = (onStarted: () => void) => {
  const navigate = useNavigate();
  return trpc.calls.start.useMutation({
    onSuccess: async ({ callId }) => {
      await navigate({ to: "/live", search: { call: callId } });
      onStarted();
    },
  });
};

export const CallMeDialog = ({ onClose }: { onClose: () => void }) => {
  const [to, setTo] = useState("");
  const [place, setPlace] = useState(noPlace);
  const start = useStarting(onClose);
  const named = namedBy(place);
  const isReady = named !== null && !("number" in named) && to.trim() !== "" && !start.isPending;
  return (
    <Dialog title="Call me" onClose={onClose}>
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) start.mutate({ to, ...named });
        }}
      >
        <p className="text-ink-2">
          Cloudonix rings this number by your outbound rules; whoever answers talks to the agent. It is a real call: it counts, and it is
          billed.
        </p>
        <Field
          label="Number to ring"
          type="tel"
          autoComplete="tel"
          isMono
          autoFocus
          hint="With its country, such as +44 20 7946 0018."
          value={to}
          onChange={(event) => setTo(event.target.value)}
        />
        <PlaceField legend="Connect with" kinds={["group", "agent"]} place={place} onChange={setPlace} />
        {start.error !== null && <Notice tone="bad">Nobody was called. {failureOf(start.error).message}</Notice>}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" weight="primary" aria-disabled={!isReady}>
            {start.isPending ? "Calling…" : "Ring the number"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
};
