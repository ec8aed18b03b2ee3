/** A call's id, leading to the call. */
import { Link } from "@tanstack/react-router";
import { linkLook } from "./link-look.ts";

export const CallLink = ({ id }: { id: string }) => (
  <Link to="/calls/$callId" params={{ callId: id }} className={`num min-w-0 truncate ${linkLook}`}>
    {id}
  </Link>
);
