/** When a page could not be drawn or its code could not be fetched: the console itself stays. */
import { Button } from "./button.tsx";
import { Notice } from "./notice.tsx";

export const PageFailed = ({ reset }: { reset: () => void }) => (
  <div className="grid justify-items-start gap-3">
    <Notice tone="bad">This page could not be shown. Nothing you saved is lost.</Notice>
    <div className="flex gap-2">
      <Button onClick={reset}>Try again</Button>
      <Button onClick={() => location.reload()}>Load the console anew</Button>
    </div>
  </div>
);
