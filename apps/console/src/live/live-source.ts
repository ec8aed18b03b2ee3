/** Where the live store gets its snapshot and its events from: the API. */
import type { AppRouter } from "@switchboard/api/router";
import type { TRPCClient } from "@trpc/client";
import { failureOf, isSignedOut } from "../api/failure.ts";
import { session } from "../session/session.ts";
import type { LiveSource } from "./live-store.ts";

export const createLiveSource = (api: TRPCClient<AppRouter>): LiveSource => ({
  snapshot: async () => {
    try {
      return { ok: true, value: await api.analytics.liveCalls.query() };
    } catch (error) {
      if (isSignedOut(error)) void session.refused();
      return { ok: false, failure: failureOf(error) };
    }
  },
  follow: (afterId, handlers) => {
    const subscription = api.live.events.subscribe(
      { lastEventId: afterId },
      {
        onStarted: handlers.onConnected,
        onConnectionStateChange: (connection) => {
          if (connection.state === "connecting") handlers.onDisconnected();
        },
        onData: (event) => handlers.onEvent(event.data),
        onError: (error) => {
          if (isSignedOut(error)) void session.refused();
          handlers.onError(failureOf(error));
        },
      },
    );
    return () => subscription.unsubscribe();
  },
});
