/** A secret that was made just now and is shown this once: it stays until the person says that they have it. */
import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import { CopiedLine } from "./copied-line.tsx";
import { Dialog } from "./dialog.tsx";

type Props = { title: string; secrets: readonly { name: string; text: string }[]; children: ReactNode; onClose: () => void };

export const SecretDialog = ({ title, secrets, children, onClose }: Props) => (
  <Dialog title={title} isKept onClose={onClose}>
    <div className="grid gap-4">
      <dl className="grid gap-3">
        {secrets.map(({ name, text }) => (
          <CopiedLine key={name} name={name} text={text} />
        ))}
      </dl>
      <div className="grid gap-2 text-ink-2">{children}</div>
      <div className="flex justify-end">
        <Button weight="primary" onClick={onClose}>
          I have copied it
        </Button>
      </div>
    </div>
  </Dialog>
);
