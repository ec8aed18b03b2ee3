/** The whole console: what is there for nobody, or the page that is open. */
import { ApiProvider } from "./api/api-provider.tsx";
import { LiveCallsPage } from "./pages/live-calls.tsx";
import { SignedOutPage } from "./pages/signed-out.tsx";
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
          <SignedOutPage notice={state.notice} />
        </ApiProvider>
      );
  }
};
