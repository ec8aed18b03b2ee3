/** Why a thing can't be deleted: what still uses it, with the way there. */
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";
import { type Reference, References } from "./references.tsx";

type Props = { name: string; references: readonly Reference[]; onClose: () => void };

export const InUseDialog = ({ name, references, onClose }: Props) => (
  <Dialog title={`“${name}” is still in use`} onClose={onClose}>
    <p className="mb-3 text-ink-2">It was not deleted. Take it out here first:</p>
    <References references={references} />
    <div className="mt-4 flex justify-end">
      <Button onClick={onClose}>Close</Button>
    </div>
  </Dialog>
);
