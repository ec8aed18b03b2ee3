/** The whole console: what is there for nobody, or the page that is open. */
import { RouterProvider } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { ApiProvider } from "./api/api-provider.tsx";
import { Toasts } from "./components/toasts.tsx";
import { LiveProvider } from "./live/live-provider.tsx";
import { createConsoleRouter } from "./router.tsx";
import { useSession } from "./session/use-session.ts";

/** Fetched by those who are not signed in yet. */
const SignedOutPage = lazy(async () => ({ default: (await import("./pages/entrance/signed-out.tsx")).SignedOutPage }));

const SignedIn = () => {
  const [router] = useState(createConsoleRouter);
  return (
    <LiveProvider>
      <RouterProvider router={router} />
    </LiveProvider>
  );
};

export const App = () => {
  const state = useSession();
  switch (state.kind) {
    case "restoring":
      return null;
    case "signed_in":
      return (
        <ApiProvider key={state.epoch}>
          <Toasts>
            <SignedIn />
          </Toasts>
        </ApiProvider>
      );
    case "signed_out":
      return (
        <ApiProvider key="signed-out">
          <Suspense fallback={null}>
            <SignedOutPage notice={state.notice} />
          </Suspense>
        </ApiProvider>
      );
  }
};
