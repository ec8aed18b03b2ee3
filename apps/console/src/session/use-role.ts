/** Whether the person may change things; what they may not is not offered. */
import { useSession } from "./use-session.ts";

export const useIsAdmin = (): boolean => {
  const state = useSession();
  return state.kind === "signed_in" && state.session.user.role === "admin";
};
