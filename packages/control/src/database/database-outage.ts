/** Tells an error that means "the database is away" from one that means "this statement was wrong". */

const outageErrnos = new Set([
  1040, // too many connections
  1053, // server shutdown in progress
  1205, // lock wait timeout
  1290, // running read-only
  1836, // read-only mode
  1927, // connection was killed
  3100, // super_read_only hook
]);

/** SQL errors that mean: run the whole transaction again. Lock wait, deadlock, and a row that changed since the snapshot. */
export function isTransient(error: unknown): boolean {
  const errno = errnoOf(error);
  return errno === 1205 || errno === 1213 || errno === 1020;
}

/** A unique index refused the row. */
export function isDuplicate(error: unknown): boolean {
  return errnoOf(error) === 1062;
}

/** The server's error number, through Prisma's wrapping too; null for an error that is not the database's. */
export function errnoOf(error: unknown): number | null {
  for (const each of chain(error)) {
    const errno = field(each, "errno");
    if (typeof errno === "number") return errno;
    const original = field(each, "originalCode");
    if (typeof original === "string" && /^\d+$/.test(original)) return Number(original);
  }
  return null;
}

export function isOutage(error: unknown): boolean {
  const errno = errnoOf(error);
  // The driver's own errors (no connection, time-outs, broken sockets) are numbered from 45000.
  if (errno !== null && (errno >= 45_000 || outageErrnos.has(errno))) return true;
  // The system's are below zero: of sockets, whichever it is, unless a file is at fault. In doubt what is to be stored is kept.
  if (errno !== null && errno < 0) return !chain(error).some(isOfFile);
  return chain(error).some((each) => {
    const code = field(each, "code");
    const fatal = field(each, "fatal");
    return (
      fatal === true ||
      (typeof code === "string" && /^(ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND|P1001|P1002|P1008|P1017|P2024|P2028)/.test(code))
    );
  });
}

const isOfFile = (error: object): boolean =>
  typeof field(error, "path") === "string" || /^(ENOSPC|EDQUOT|EROFS|EFBIG)$/.test(String(field(error, "code")));

/** The error, what caused it, and where Prisma hides the driver's own; at most six deep. */
function chain(error: unknown): object[] {
  const found: object[] = [];
  let next: unknown = error;
  while (typeof next === "object" && next !== null && found.length < 6) {
    found.push(next);
    const meta = field(next, "meta");
    const wrapped = typeof meta === "object" && meta !== null ? field(meta, "driverAdapterError") : undefined;
    next = field(next, "cause") ?? wrapped;
  }
  return found;
}

function field(of: object, name: string): unknown {
  return Object.hasOwn(of, name) || name in of ? Reflect.get(of, name) : undefined;
}
