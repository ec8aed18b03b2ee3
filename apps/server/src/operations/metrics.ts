/** Figures for Prometheus: how the door answers, who decides, how far the recorder is behind. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

export type MetricSources = {
  redisDecides: () => boolean;
  claims: () => { inFlight: number; waiting: number };
  planAgeSeconds: () => number | null;
};

const buckets = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1];

type Drift = { missing: number; unknown: number; givenUp: number; unasked: number };

const driftMetrics = (registry: Registry) => {
  const drift = new Gauge({
    name: "switchboard_drift_calls",
    help: "Calls about which the platform's sessions and our live calls differed in the last round, by side; tenants that gave no answer",
    labelNames: ["side"],
    registers: [registry],
  });
  const reconciled = new Counter({
    name: "switchboard_reconciled_calls_total",
    help: "Calls given up because the platform did not name them twice in a row",
    registers: [registry],
  });
  return ({ missing, unknown, givenUp, unasked }: Drift): void => {
    drift.set({ side: "only_here" }, missing);
    drift.set({ side: "only_there" }, unknown);
    drift.set({ side: "unasked_tenants" }, unasked);
    reconciled.inc(givenUp);
  };
};

export type Metrics = ReturnType<typeof createMetrics>;

export const createMetrics = (sources: MetricSources) => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const webhooks = new Histogram({
    name: "switchboard_webhook_seconds",
    help: "Time to answer a webhook, by kind and status",
    labelNames: ["kind", "status"],
    buckets,
    registers: [registry],
  });
  const recorded = new Counter({
    name: "switchboard_recorded_events_total",
    help: "Journal events stored in MySQL",
    registers: [registry],
  });
  const removed = new Counter({
    name: "switchboard_retention_removed_rows_total",
    help: "Rows removed because they are kept no longer, by table",
    labelNames: ["table"],
    registers: [registry],
  });
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  gauge("switchboard_redis_decides", "1 while Redis decides, 0 while calls are decided locally", () => (sources.redisDecides() ? 1 : 0));
  gauge("switchboard_claims_in_flight", "Claims sent to Redis and not answered", () => sources.claims().inFlight);
  gauge("switchboard_claims_waiting", "Claims waiting for their turn", () => sources.claims().waiting);
  gauge("switchboard_plan_age_seconds", "Since the plans were last read from MySQL", () => sources.planAgeSeconds() ?? -1);

  return {
    registry,
    drift: driftMetrics(registry),
    webhook: (kind: string, status: number, seconds: number) => webhooks.observe({ kind, status: String(status) }, seconds),
    recorded: (events: number) => recorded.inc(events),
    removed: (table: string, rows: number) => removed.inc({ table }, rows),
  };
};
