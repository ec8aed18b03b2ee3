/** Asks before calls are hung up; of several their number has to be typed. */
import { ConfirmDialog } from "../components/confirm-dialog.tsx";

type Props = { count: number; onConfirm: () => void; onClose: () => void };

export const HangUpDialog = ({ count, onConfirm, onClose }: Props) => {
  const what = count === 1 ? "this call" : `${count} calls`;
  return (
    <ConfirmDialog
      title={`Hang up ${what}?`}
      action={`Hang up ${what}`}
      isPending={false}
      {...(count === 1 ? {} : { typed: String(count) })}
      onConfirm={() => {
        onConfirm();
        onClose();
      }}
      onClose={onClose}
    >
      Cloudonix ends {count === 1 ? "it" : "them"} at once; whoever is talking is cut off.
    </ConfirmDialog>
  );
};
