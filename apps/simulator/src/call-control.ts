/** What the platform is told to do with a call while it is played: end it, or send it to another document. */

export type Intervention =
  | { kind: "hang_up" }
  /** Whoever the call is connected to is let go. */
  | { kind: "switch"; to: { cxml: string } | { url: string; method: "GET" | "POST" } };

export type CallControl = {
  tell(intervention: Intervention): void;
  /** The first one told since another was taken. */
  told(): Promise<Intervention>;
  take(): void;
};

export function createCallControl(): CallControl {
  let next = Promise.withResolvers<Intervention>();
  return {
    tell: (intervention) => next.resolve(intervention),
    told: () => next.promise,
    take: () => {
      next = Promise.withResolvers();
    },
  };
}
