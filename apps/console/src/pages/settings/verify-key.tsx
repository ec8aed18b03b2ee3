/** Asks Cloudonix whether a key works, the typed one or the stored one, and says what it answered. */
import { failureOf } from "../../api/failure.ts";
import { trpc } from "../../api/trpc.ts";
import { Button } from "../../components/button.tsx";
import { Notice } from "../../components/notice.tsx";

const Answer = ({ typed }: { typed: string }) => {
  const verify = trpc.cloudonix.verify.useMutation({ gcTime: 0 });
  const { data, error } = verify;
  return (
    <>
      <div>
        <Button
          aria-disabled={verify.isPending}
          onClick={() => !verify.isPending && verify.mutate(typed === "" ? {} : { cloudonixKey: typed })}
        >
          {verify.isPending ? "Asking Cloudonix…" : typed === "" ? "Verify the stored key" : "Verify this key"}
        </Button>
      </div>
      {error !== null && <Notice tone="bad">{failureOf(error).message}</Notice>}
      {data !== undefined && <Notice tone={data.works ? "info" : "bad"}>{data.words}</Notice>}
      {data?.warnings.map((warning) => (
        <Notice key={warning} tone="ring">
          {warning}
        </Notice>
      ))}
    </>
  );
};

/** What was answered is of the key that was asked about: another one is asked anew. */
export const VerifyKey = ({ typed }: { typed: string }) => (
  <div className="mt-3 grid gap-2">
    <Answer key={typed} typed={typed} />
  </div>
);
