/** Worlds and imports: what runs where, and what it may therefore know. Each rule says why. */
const app = (name, others) => ({
  name: `${name}-knows-no-other-app`,
  comment:
    "The apps meet in core's schemas and in the database, never in each other's code; what builds, tests or measures them is no part of them.",
  severity: "error",
  from: { path: `^${name}/`, pathNot: "\\.test\\.tsx?$|/testing/" },
  to: { path: `^(${[...others, "scripts", "e2e", "bench"].join("|")})/` },
});

module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      comment: "A cycle is one file pretending to be two.",
      severity: "error",
      from: { path: "^(core|marketplaces|extension|server|worker)/" },
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "core-knows-nobody",
      comment: "core is the contract all others share; it may not lean on any of them.",
      severity: "error",
      from: { path: "^core/", pathNot: "\\.test\\.ts$|^core/fill/testing/" },
      to: { path: "^(marketplaces|extension|server|worker|supabase|practice|scripts|e2e|bench)/" },
    },
    {
      name: "core-has-no-platform",
      comment: "core runs in the page, the service worker, the edge and Node alike.",
      severity: "error",
      from: { path: "^core/", pathNot: "\\.test\\.ts$|^core/posting/model/|^core/fill/(testing|fixtures)/" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "posting-only-decides",
      comment: "core/posting is pure: states, events and what was read. Who carries it out is core/host's.",
      severity: "error",
      from: { path: "^core/posting/", pathNot: "\\.test\\.ts$|^core/posting/model/" },
      to: { path: "^core/", pathNot: "^core/(posting|item|job|plan|marketplace)/" },
    },
    {
      name: "host-only-drives",
      comment:
        "core/host is what every driver runs: it knows the plan, the engine's protocol, what a marketplace is and how a posting is decided, nothing else.",
      severity: "error",
      from: { path: "^core/host/", pathNot: "\\.test\\.ts$" },
      to: { pathNot: "^core/(host|plan|marketplace|posting)/" },
    },
    {
      name: "page-code-is-small",
      comment:
        "zod is 86 kB in a page bundle (measured) and React belongs to the site; the engine is injected into every tab.",
      severity: "error",
      from: {
        path: "^core/fill/|^marketplaces/[^/]+/page/|^marketplaces/page\\.ts$",
        pathNot: "\\.test\\.ts$|^core/fill/(testing|fixtures)/",
      },
      to: { path: "node_modules/(zod|react|react-dom|dexie|hono|@supabase)/" },
    },
    {
      name: "marketplaces-are-apart",
      comment: "A marketplace is a folder: it can be removed without touching another.",
      severity: "error",
      from: { path: "^marketplaces/([^/]+)/", pathNot: "\\.test\\.ts$" },
      to: { path: "^marketplaces/([^/]+)/", pathNot: "^marketplaces/($1|testing)/" },
    },
    {
      name: "marketplaces-know-no-app",
      comment: "The three apps use marketplaces, not the other way round.",
      severity: "error",
      from: {
        path: "^marketplaces/",
        pathNot: "\\.test\\.ts$|^marketplaces/(testing|goldens\\.ts|new\\.ts)",
      },
      to: { path: "^(extension|server|worker|supabase|practice|scripts)/" },
    },
    app("extension", ["server", "worker", "supabase", "practice"]),
    app("server", ["extension", "worker", "practice"]),
    app("worker", ["extension", "server", "practice"]),
    {
      name: "server-is-edge",
      comment: "The same app runs on workerd: node modules only in the Node entry.",
      severity: "error",
      from: { path: "^server/", pathNot: "\\.test\\.ts$|^server/(node\\.ts|testing/)" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "content-asks-the-background",
      comment: "A content script lives in a hostile page: no database, no session, no API there.",
      severity: "error",
      from: { path: "^extension/(content/|entrypoints/[^/]+\\.content)" },
      to: { path: "^extension/(store|api|auth|background)/", dependencyTypesNot: ["type-only"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "\\.output|\\.wxt|fixtures/" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      conditionNames: ["import", "default", "types"],
      extensions: [".ts", ".tsx", ".js", ".json"],
    },
  },
};
