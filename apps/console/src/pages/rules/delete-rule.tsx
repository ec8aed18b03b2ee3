/** Takes a rule away, with Undo. */
import { Button } from "../../components/button.tsx";
import { useDeleting } from "../../forms/use-deleting.ts";

/** `name`: what the rule is about, in words. */
type Props = { id: string; name: string; remove: () => Promise<unknown>; onDeleted: () => Promise<void> };

export const DeleteRule = ({ id, name, remove, onDeleted }: Props) => {
  const deleting = useDeleting({ thing: { id, name }, remove, onDeleted });
  return (
    <div className="mt-4 border-t border-line pt-4">
      <Button weight="danger" onClick={deleting.start} aria-disabled={deleting.isPending}>
        Delete the rule
      </Button>
    </div>
  );
};
