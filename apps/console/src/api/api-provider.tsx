/** One session's client, socket and cache; a new key makes new ones, so nothing of one session is seen by the next. */
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { session } from "../session/session.ts";
import { failureOf, isSignedOut } from "./failure.ts";
import { createApi, trpc } from "./trpc.ts";

const expireOn = (error: unknown) => {
  if (isSignedOut(error)) void session.refused();
};

const createQueries = () =>
  new QueryClient({
    queryCache: new QueryCache({ onError: expireOn }),
    mutationCache: new MutationCache({ onError: expireOn }),
    defaultOptions: {
      queries: {
        // What the server has answered stays answered; only silence is asked again.
        retry: (failures, error) => failures < 2 && failureOf(error).code === null,
        refetchOnWindowFocus: false,
      },
    },
  });

export const ApiProvider = ({ children }: { children: ReactNode }) => {
  const [api] = useState(createApi);
  const [queries] = useState(createQueries);
  useEffect(() => api.close, [api]);
  return (
    <trpc.Provider client={api.client} queryClient={queries}>
      <QueryClientProvider client={queries}>{children}</QueryClientProvider>
    </trpc.Provider>
  );
};
