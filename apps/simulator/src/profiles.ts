/** The kinds of traffic that can be played, as data. */

export const agentBehaviours = ["answers", "busy", "fails", "rings_out", "caller_cancels", "no_result"] as const;
export type AgentBehaviour = (typeof agentBehaviours)[number];

/** From and to, both included. */
type Range = readonly [least: number, most: number];

/** How a network of telephone switches misbehaves; every value is a share from 0 to 1 unless it says otherwise. */
export type Disorder = {
  /** Voice requests and dial results sent a second time, half of them at once, half later. */
  repeatedSteps: number;
  repeatedReports: number;
  shuffledReports: number;
  delayedReports: number;
  /** Of what comes late. */
  lateMs: Range;
  getRequests: number;
  formRequests: number;
  cdrsWithoutSession: number;
  /** Dial results told in `CallStatus` only. */
  resultsInCallStatus: number;
  /** Session updates wrapped in an array. */
  wrappedUpdates: number;
  /** Answered calls that the caller ends, so that no dial result follows. */
  callerHangsUp: number;
};

export type Profile = {
  name: string;
  describes: string;
  calls: number;
  ratePerSecond: number;
  ringMs: Range;
  talkMs: Range;
  /** Real seconds that one second of a Dial's timeout lasts when an agent rings out. */
  ringOutScale: number;
  behaviours: Readonly<Record<AgentBehaviour, number>>;
  /** Agents, by a hash of their address, that never take a call. */
  brokenAgents: number;
  /** Share of calls that a subscriber places, which leave by a trunk. */
  subscriberCalls: number;
  /** Milliseconds that all calls stay connected together once the last one is; null: each ends by itself. */
  holdTogetherMs: number | null;
  disorder: Disorder;
};

const order: Disorder = {
  repeatedSteps: 0,
  repeatedReports: 0,
  shuffledReports: 0,
  delayedReports: 0,
  lateMs: [0, 0],
  getRequests: 0,
  formRequests: 0,
  cdrsWithoutSession: 0,
  resultsInCallStatus: 0,
  wrappedUpdates: 0.2,
  callerHangsUp: 0,
};

const allAnswer = { answers: 1, busy: 0, fails: 0, rings_out: 0, caller_cancels: 0, no_result: 0 };

const steady: Profile = {
  name: "steady",
  describes: "every agent answers",
  calls: 200,
  ratePerSecond: 20,
  ringMs: [200, 1500],
  talkMs: [2000, 8000],
  ringOutScale: 0.1,
  behaviours: allAnswer,
  brokenAgents: 0,
  subscriberCalls: 0,
  holdTogetherMs: null,
  disorder: order,
};

const failover: Profile = {
  ...steady,
  name: "failover",
  describes: "some agents are always busy, failing or never pick up; the others answer",
  brokenAgents: 0.4,
};

const chaos: Profile = {
  name: "chaos",
  describes: "everything that happens to calls, with repeats, shuffles, delays and every form of request",
  calls: 500,
  ratePerSecond: 50,
  ringMs: [100, 1000],
  talkMs: [1000, 5000],
  ringOutScale: 0.05,
  behaviours: { answers: 60, busy: 10, fails: 8, rings_out: 8, caller_cancels: 8, no_result: 6 },
  brokenAgents: 0,
  subscriberCalls: 0.05,
  holdTogetherMs: null,
  disorder: {
    repeatedSteps: 0.1,
    repeatedReports: 0.3,
    shuffledReports: 0.3,
    delayedReports: 0.05,
    lateMs: [1000, 5000],
    getRequests: 0.05,
    formRequests: 0.05,
    cdrsWithoutSession: 0.1,
    resultsInCallStatus: 0.2,
    wrappedUpdates: 0.3,
    callerHangsUp: 0.2,
  },
};

const thousand: Profile = {
  ...steady,
  name: "thousand",
  describes: "a thousand calls connected at the same time in one tenant, held, then ended",
  calls: 1000,
  ratePerSecond: 50,
  ringMs: [100, 500],
  talkMs: [0, 15_000],
  holdTogetherMs: 5000,
};

export const profiles = { steady, failover, chaos, thousand } as const satisfies Record<string, Profile>;

export type ProfileName = keyof typeof profiles;

export const isProfileName = (name: string): name is ProfileName => Object.hasOwn(profiles, name);
