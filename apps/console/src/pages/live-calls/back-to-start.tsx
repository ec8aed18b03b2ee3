/** For whoever came here from the first steps to watch their test call. */
import { Link } from "@tanstack/react-router";

export const BackToStart = () => (
  <p role="status" className="mb-4 rounded-md border border-info/40 bg-info-soft px-3 py-2 text-info">
    This is your test call, as every call will look. When you have seen it end:{" "}
    <Link to="/start" className="font-[550] underline">
      go on to connect Cloudonix
    </Link>
    .
  </p>
);
