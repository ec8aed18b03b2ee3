/** The whole console: the sign-in page, or the page that is open. */
import { ApiProvider } from "./api/api-provider.tsx";
import { LiveCallsPage } from "./pages/live-calls.tsx";
import { SignInPage } from "./pages/sign-in.tsx";
import { useSession } from "./session/use-session.ts";

export const App = () => {
  const state = useSession();
  switch (state.kind) {
    case "restoring":
      return null;
    case "signed_in":
      return (
        <ApiProvider key={state.epoch}>
          <LiveCallsPage />
        </ApiProvider>
      );
    case "signed_out":
      return (
        <ApiProvider key="signed-out">
          <SignInPage notice={state.notice} />
        </ApiProvider>
      );
  }
};
