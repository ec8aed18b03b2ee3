/** Why a form was not saved, above the button that tries again; what was entered is still in the form. */
import { fieldIssuesOf, failureOf } from "../api/failure.ts";
import { Notice } from "../components/notice.tsx";

/** `isPlaced`: all of it stands beside the fields it is about. */
export type SaveFailure = { error: unknown; isPlaced: boolean };

const passing: ReadonlySet<string | null> = new Set([null, "SERVICE_UNAVAILABLE", "INTERNAL_SERVER_ERROR", "TOO_MANY_REQUESTS"]);

const wordsOf = ({ error, isPlaced }: SaveFailure): string => {
  if (isPlaced) return "Not saved: see what is said beside the fields.";
  const { code, message } = failureOf(error);
  if (passing.has(code)) return `Not saved. ${message} What you entered is still here.`;
  const issues = fieldIssuesOf(error).map((issue) => issue.message);
  return `Not saved. ${[message, ...issues.filter((issue) => !message.includes(issue))].join(" ")}`;
};

export const FormFailure = ({ failure }: { failure: SaveFailure | null }) => {
  if (failure === null) return null;
  const { requestId } = failureOf(failure.error);
  return (
    <Notice tone="bad">
      {wordsOf(failure)}
      {requestId !== null && !failure.isPlaced && (
        <>
          {" "}
          Request <span className="num">{requestId}</span>
        </>
      )}
    </Notice>
  );
};
