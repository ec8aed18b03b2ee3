/** Places a test call from wherever one is, and goes to watch it. */
import { useNavigate } from "@tanstack/react-router";
import { Button } from "../components/button.tsx";
import { Dialog } from "../components/dialog.tsx";
import { keepFocus } from "../forms/keep-focus.ts";
import { TestCallForm } from "./test-call-form.tsx";
import { useSuggestedNumber } from "./use-suggested-number.ts";

export const TestCallDialog = ({ onClose }: { onClose: () => void }) => {
  const navigate = useNavigate();
  const { number } = useSuggestedNumber();
  return (
    <Dialog title="Place a test call" onClose={onClose}>
      <p className="mb-4 text-ink-2">
        It goes through the same door and the same rules as every call, and nobody’s telephone rings. It counts in no figure, and you see it
        live.
      </p>
      {number !== undefined && (
        <TestCallForm
          suggestedTo={number}
          onPlaced={async (call) => {
            await navigate({ to: "/live", search: { call } });
            onClose();
          }}
          beside={
            <Button {...keepFocus} onClick={onClose}>
              Cancel
            </Button>
          }
        />
      )}
    </Dialog>
  );
};
