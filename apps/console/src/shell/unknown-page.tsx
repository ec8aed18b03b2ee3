/** For an address that leads nowhere. */
import { Link } from "@tanstack/react-router";
import { PageHead } from "../components/page-head.tsx";

export const UnknownPage = () => (
  <>
    <PageHead title="No such page" />
    <p className="text-ink-2">
      Nothing is at this address.{" "}
      <Link to="/live" className="text-accent underline">
        Go to the live calls
      </Link>
    </p>
  </>
);
