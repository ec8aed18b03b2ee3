/** What an admin can do to a call that is on the line. */
import type { LiveCall } from "@switchboard/api/schemas/live-call";
import { ArrowRightLeft, PhoneOff } from "lucide-react";
import { useState } from "react";
import { Button } from "../components/button.tsx";
import { Notice } from "../components/notice.tsx";
import { hasEnded } from "../live/board.ts";
import { useIsAdmin } from "../session/use-role.ts";
import { HangUpDialog } from "./hang-up-dialog.tsx";
import { MoveDialog } from "./move-dialog.tsx";
import type { HangUpState } from "./use-hanging-up.ts";

type Props = { call: LiveCall; state: HangUpState | undefined; onHangUp: (ids: readonly string[]) => void };

/** A test call is no call of the platform's, and ends by itself. */
export const canBeActedOn = (call: LiveCall): boolean => !call.test && !hasEnded(call);

export const CallActions = ({ call, state, onHangUp }: Props) => {
  const [asking, setAsking] = useState<"hang_up" | "move" | null>(null);
  if (!useIsAdmin() || !canBeActedOn(call)) return null;
  const close = () => setAsking(null);
  return (
    <div className="mt-3 grid gap-2">
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => setAsking("move")}>
          <ArrowRightLeft size={14} aria-hidden />
          Move
        </Button>
        <Button weight="danger" aria-disabled={state?.kind === "pending"} onClick={() => setAsking("hang_up")}>
          <PhoneOff size={14} aria-hidden />
          {state?.kind === "pending" ? "Hanging up…" : "Hang up"}
        </Button>
      </div>
      {state?.kind === "failed" && <Notice tone="bad">Not hung up. {state.words}</Notice>}
      {asking === "hang_up" && <HangUpDialog count={1} onConfirm={() => onHangUp([call.id])} onClose={close} />}
      {asking === "move" && <MoveDialog callId={call.id} onClose={close} />}
    </div>
  );
};
