// The rooms of the house and the arrows between them. Every rule is an error; tests/architecture.test.ts plants a violation of each.

// Fixtures are what only tests use; the rule that the product uses no test covers them too.
const tests = "(\\.test|-fixture)\\.tsx?$";

/** Matches a package, resolved or not. @param {string[]} names */
const anyOf = (names) => `(^|node_modules/)(${names.join("|")})(/|$)`;

/** @param {string} room @param {string[]} mayUse @returns {import("dependency-cruiser").IForbiddenRuleType} */
const room = (room, mayUse) => ({
  name: `${room.split("/")[1]}-arrows`,
  comment: `${room} may use ${mayUse.length === 0 ? "no other room" : mayUse.join(", ")}.`,
  severity: "error",
  from: { path: `^${room}/` },
  to: { path: "^(packages|apps)/", pathNot: [room, ...mayUse].map((name) => `^${name}/`) },
});

/** @type {import("dependency-cruiser").IConfiguration & { forbidden: import("dependency-cruiser").IForbiddenRuleType[] }} */
export default {
  forbidden: [
    room("packages/routing", []),
    room("packages/execution", ["packages/routing"]),
    room("packages/control", ["packages/routing"]),
    room("packages/api", ["packages/routing", "packages/control"]),
    room("packages/cloudonix", []),
    room("apps/server", [
      "packages/routing",
      "packages/execution",
      "packages/control",
      "packages/api",
      "packages/cloudonix",
      "apps/simulator",
    ]),
    room("apps/console", ["packages/routing", "packages/api", "apps/simulator"]),
    room("apps/simulator", []),
    {
      name: "product-without-simulator",
      comment: "Tests and benchmarks play calls with the simulator; the product knows nothing of it.",
      severity: "error",
      from: { path: "^apps/(server|console)/src/", pathNot: tests },
      to: { path: "^apps/simulator/" },
    },
    {
      name: "console-knows-api-as-types",
      comment: "The console takes types from api, never its code; only the input schemas, which are pure, are shared.",
      severity: "error",
      from: { path: "^apps/console/src/", pathNot: tests },
      to: { path: "^packages/api/", pathNot: "^packages/api/src/schemas/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "schemas-are-pure",
      comment: "What api and console share is zod and routing's values, nothing else.",
      severity: "error",
      from: { path: "^packages/api/src/schemas/", pathNot: tests },
      to: { pathNot: ["^packages/api/src/schemas/", "^packages/routing/src/", anyOf(["zod"])] },
    },
    {
      name: "routing-is-pure",
      comment: "routing uses zod and libphonenumber-js and nothing else: no Node, no IO.",
      severity: "error",
      from: { path: "^packages/routing/src/", pathNot: tests },
      to: { pathNot: ["^packages/routing/src/", anyOf(["zod", "libphonenumber-js"])] },
    },
    {
      name: "only-execution-knows-redis",
      severity: "error",
      from: { path: "^(packages|apps)/", pathNot: ["^packages/execution/", tests] },
      to: { path: anyOf(["ioredis", "redlock", "@sesamecare-oss/redlock"]) },
    },
    {
      name: "only-control-knows-sql",
      severity: "error",
      from: { path: "^(packages|apps)/", pathNot: ["^packages/control/", tests] },
      to: { path: anyOf(["prisma", "@prisma/[^/]+", "mariadb"]) },
    },
    {
      name: "no-circles",
      comment: "Types may name each other; code may not need each other.",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "product-without-tests",
      comment: "What runs in production imports no test and nothing of tests/ or scripts/.",
      severity: "error",
      from: { path: "^(packages|apps)/[^/]+/src/", pathNot: tests },
      to: { path: [tests, "^tests/", "^scripts/"] },
    },
    {
      name: "nothing-unresolvable",
      severity: "error",
      from: { path: "^(packages|apps|scripts|tests)/" },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(generated|dist|dist\\.next)/" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json"],
    },
  },
};
