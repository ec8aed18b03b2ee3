/** A call that nobody makes, to see the rule at work; it leads to where it can be watched. */
import { useNavigate } from "@tanstack/react-router";
import { Button } from "../../components/button.tsx";
import { keepFocus } from "../../forms/keep-focus.ts";
import { TestCallForm } from "../../test-call/test-call-form.tsx";
import { useSuggestedNumber } from "../../test-call/use-suggested-number.ts";

export const TestStep = ({ onSkip }: { onSkip: () => void }) => {
  const navigate = useNavigate();
  const { number } = useSuggestedNumber();
  if (number === undefined) return null;
  return (
    <div className="max-w-[560px]">
      <TestCallForm
        suggestedTo={number}
        onPlaced={(call) => navigate({ to: "/live", search: { call, start: true } })}
        beside={
          <Button {...keepFocus} onClick={onSkip}>
            Skip for now
          </Button>
        }
      />
    </div>
  );
};
