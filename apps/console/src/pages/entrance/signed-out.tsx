/** What is there before anybody is signed in: signing in, or on an empty database the first set-up. */
import { useState } from "react";
import { trpc } from "../../api/trpc.ts";
import { SetUpPage } from "./set-up.tsx";
import { SignInPage } from "./sign-in.tsx";

export const SignedOutPage = ({ notice }: { notice: string | null }) => {
  const { data, isLoading, failureCount } = trpc.auth.setupNeeded.useQuery(undefined, { staleTime: Number.POSITIVE_INFINITY });
  // Once it was needed the page stays until it is done: what it shows at its end is shown once.
  const [isSettingUp, setSettingUp] = useState(false);
  if (data?.needed === true && !isSettingUp) setSettingUp(true);
  // One moment, so that nobody sees the one before the other; a server that is away is no reason to wait.
  if (isLoading && failureCount === 0) return null;
  return isSettingUp ? <SetUpPage /> : <SignInPage notice={notice} />;
};
