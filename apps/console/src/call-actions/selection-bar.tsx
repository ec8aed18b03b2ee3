/** Says how many calls are selected, and hangs them up. */
import { PhoneOff } from "lucide-react";
import { useState } from "react";
import { Button } from "../components/button.tsx";
import { HangUpDialog } from "./hang-up-dialog.tsx";

type Props = { ids: readonly string[]; onHangUp: (ids: readonly string[]) => void; onClear: () => void };

export const SelectionBar = ({ ids, onHangUp, onClear }: Props) => {
  const [isAsking, setAsking] = useState(false);
  if (ids.length === 0) return null;
  return (
    <div role="group" aria-label="Selected calls" className="mb-3 flex flex-wrap items-center gap-2">
      <span>
        <span className="num">{ids.length}</span> selected
      </span>
      <Button weight="danger" onClick={() => setAsking(true)}>
        <PhoneOff size={14} aria-hidden />
        Hang up
      </Button>
      <Button onClick={onClear}>Clear the selection</Button>
      {isAsking && (
        <HangUpDialog
          count={ids.length}
          onConfirm={() => {
            onHangUp(ids);
            onClear();
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  );
};
