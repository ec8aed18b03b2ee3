/** There is nothing to count: because nobody has called yet, or because nobody did in this time. */
import { trpc } from "../../api/trpc.ts";
import { Button } from "../../components/button.tsx";
import { LoadingRows, NothingYet } from "../../components/list-states.tsx";

export const NoCalls = ({ onLonger }: { onLonger: () => void }) => {
  const { data } = trpc.callRecords.list.useQuery({ limit: 1, test: false });
  const panel = "rounded-lg border border-line bg-panel";
  if (data === undefined) return <LoadingRows rows={4} />;
  if (data.items.length === 0) {
    return (
      <div className={panel}>
        <NothingYet title="No call yet">
          Figures are kept from the first call on: how many there were, who took them and how long they lasted.
        </NothingYet>
      </div>
    );
  }
  return (
    <div className={panel} role="status">
      <NothingYet title="No calls in this time" action={<Button onClick={onLonger}>Show the last 90 days</Button>} />
    </div>
  );
};
