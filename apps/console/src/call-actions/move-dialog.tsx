/** Sends a live call somewhere else. */
import { useState } from "react";
import { failureOf } from "../api/failure.ts";
import { trpc } from "../api/trpc.ts";
import { Button } from "../components/button.tsx";
import { Dialog } from "../components/dialog.tsx";
import { Notice } from "../components/notice.tsx";
import { namedBy, noPlace, PlaceField } from "./place-field.tsx";

export const MoveDialog = ({ callId, onClose }: { callId: string; onClose: () => void }) => {
  const [place, setPlace] = useState(noPlace);
  const move = trpc.calls.move.useMutation({ onSuccess: onClose });
  const named = namedBy(place);
  const isReady = named !== null && !move.isPending;
  return (
    <Dialog title="Move the call" onClose={onClose}>
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (named !== null && isReady) move.mutate({ id: callId, ...named });
        }}
      >
        <p className="text-ink-2">Whoever has it is let go, and the caller is connected with the place you choose.</p>
        <PlaceField legend="Where to" kinds={["group", "agent", "number"]} place={place} onChange={setPlace} />
        {move.error !== null && <Notice tone="bad">Not moved. {failureOf(move.error).message}</Notice>}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" weight="primary" aria-disabled={!isReady}>
            {move.isPending ? "Moving…" : "Move the call"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
};
