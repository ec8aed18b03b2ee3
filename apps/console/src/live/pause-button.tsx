/** Stops the board from moving under one's eyes, and says how much has come in since. */
import { Pause, Play } from "lucide-react";
import { Button } from "../components/button.tsx";

type Props = { isPaused: boolean; waiting: number; onPause: () => void; onResume: () => void };

const waitingText = (waiting: number): string => {
  if (waiting === 0) return "nothing new";
  return waiting === 1 ? "1 update waiting" : `${waiting.toLocaleString()} updates waiting`;
};

export const PauseButton = ({ isPaused, waiting, onPause, onResume }: Props) =>
  isPaused ? (
    <Button onClick={onResume}>
      <Play size={13} aria-hidden />
      <span>
        Resume · <span className="num">{waitingText(waiting)}</span>
      </span>
    </Button>
  ) : (
    <Button onClick={onPause}>
      <Pause size={13} aria-hidden />
      Pause
    </Button>
  );
