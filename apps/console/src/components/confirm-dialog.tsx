/** Asks before something that can't be undone; where much would be lost, the name has to be typed. */
import { type ReactNode, useState } from "react";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";
import { Field } from "./field.tsx";

type Props = {
  title: string;
  children: ReactNode;
  /** What the button does: "Rotate the token". */
  action: string;
  /** What has to be typed first. */
  typed?: string;
  isPending: boolean;
  onConfirm: () => void;
  onClose: () => void;
};

export const ConfirmDialog = ({ title, children, action, typed, isPending, onConfirm, onClose }: Props) => {
  const [text, setText] = useState("");
  const isReady = (typed === undefined || text === typed) && !isPending;
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) onConfirm();
        }}
      >
        <div className="text-ink-2">{children}</div>
        {typed !== undefined && (
          <Field label={`Type “${typed}” to go on`} value={text} onChange={(event) => setText(event.target.value)} autoComplete="off" />
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" weight="danger" aria-disabled={!isReady}>
            {isPending ? "One moment…" : action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
};
