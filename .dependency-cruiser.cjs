// Who may import whom. The path names the runtime; data goes one way. A narrow rule per folder: what is not allowed is forbidden.

/** `from` may import only what matches one of `to`, beside its own folder. */
const only = (name, from, to, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: `^${from}` },
  to: { pathNot: [`^${from}`, ...to.map((each) => `^${each}`)] },
});

const LIB = 'shared/lib/';
const MODEL = 'shared/model/';
const ERRORS = 'shared/contract/errors[.]ts$';
const CONTRACT = 'shared/contract/';
const SHAPES =
  'shared/contract/(report-json|incident-json|hunting|suppression-words|revocation|revocation-json|rows|errors|methods|compare|profile|report-settings)[.]ts$';
const PORTS = 'shared/engine/ports[.]ts$';
const STORE = 'shared/engine/store/';
const INTAKE = 'shared/engine/intake/';
/** Tables of names that clients give themselves, and networks of addresses. */
const RECOGNITION = 'shared/engine/passes/principals/(agent-table|user-agent|network)[.]ts$';
/** What the members of a registry look like; the reading side of the store answers in these shapes. */
const INTERFACES =
  'shared/engine/(importers/(importer|issue-codes)|passes/pass|detectors/detector|report/(section|blocks|profile/case-name))[.]ts$';
const NODE_MODULES = (...names) => names.map((name) => `node_modules/${name}/`);

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'nothing-imports-tests', severity: 'error', from: { path: '^(electron|renderer|shared)/' }, to: { path: '^(test|scripts)/' } },
    only('lib-imports-nothing', LIB, ['shared/model/units[.]ts$'], 'general helpers know no product word; a unit is none'),
    only('model-imports-lib', MODEL, [LIB]),
    only('contract-imports-model', CONTRACT, [MODEL, LIB, ...NODE_MODULES('zod')]),
    only('query-is-a-language', 'shared/query/', [MODEL, LIB, ERRORS, ...NODE_MODULES('re2js')]),
    only('yaml-is-text', 'shared/yaml/', [MODEL, LIB, ...NODE_MODULES('yaml')]),
    only('sigma-is-a-language', 'shared/sigma/', [MODEL, LIB, 'shared/query/', 'shared/yaml/', SHAPES]),
    only('layouts-know-numbers-only', 'shared/graph/', [LIB, ...NODE_MODULES('d3-dag')]),
    only('chain-files-come-from-rows', 'shared/chain-files/', [CONTRACT, MODEL, LIB, 'shared/graph/']),
    only('importers-know-no-store', 'shared/engine/importers/', [
      MODEL,
      LIB,
      ERRORS,
      SHAPES,
      PORTS,
      INTAKE,
      'shared/yaml/',
      ...NODE_MODULES('zod', 'har-validator', 'har-schema', 'yaml', 'ajv', '@types/har-format'),
    ]),
    only('intake-knows-no-store', INTAKE, [MODEL, LIB, ERRORS, SHAPES, PORTS, INTERFACES, 'shared/engine/store/call-flags[.]ts$']),
    only('store-knows-no-analysis', STORE, [
      MODEL,
      LIB,
      CONTRACT,
      PORTS,
      INTERFACES,
      INTAKE,
      'shared/query/',
      'shared/sigma/',
      // How long work makes room for other questions.
      'shared/engine/breathe[.]ts$',
      // What the writer is handed, and how a stored record is read once more.
      'shared/engine/reading/(encoded-batch|reader-names)[.]ts$',
      'shared/engine/importers/reread[.]ts$',
    ]),
    only('reading-knows-no-store', 'shared/engine/reading/', [MODEL, LIB, ERRORS, PORTS, INTAKE, 'shared/engine/importers/']),
    only('passes-read-the-store', 'shared/engine/passes/', [STORE, INTAKE, MODEL, LIB, SHAPES, PORTS, ...NODE_MODULES('ajv', 're2js')]),
    // The recognition tables are one place for passes and detectors.
    only('detectors-read-the-store', 'shared/engine/detectors/', [
      STORE,
      INTAKE,
      MODEL,
      LIB,
      SHAPES,
      PORTS,
      RECOGNITION,
      'shared/sigma/',
      'shared/query/',
    ]),
    only('comparison-reads-shapes', 'shared/engine/comparison/', [MODEL, LIB, 'shared/contract/(report-json|compare)[.]ts$']),
    only('report-reads-the-store', 'shared/engine/report/', [
      STORE,
      INTAKE,
      INTERFACES,
      MODEL,
      LIB,
      SHAPES,
      PORTS,
      'shared/query/',
      'shared/sigma/',
      ...NODE_MODULES('zod', 'yaml', 'hyparquet', 'hyparquet-writer'),
    ]),
    {
      name: 'shared-knows-no-platform',
      severity: 'error',
      from: { path: '^shared/' },
      to: { path: ['^(electron|renderer)/', '^node_modules/(electron|better-sqlite3[^/]*|react|ws|@types/node)/'] },
    },
    { name: 'shared-uses-no-node', severity: 'error', from: { path: '^shared/' }, to: { dependencyTypes: ['core'] } },
    { name: 'renderer-uses-no-node', severity: 'error', from: { path: '^renderer/' }, to: { dependencyTypes: ['core'] } },
    {
      name: 'renderer-knows-no-engine',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: ['^electron/', '^shared/engine/', '^node_modules/(electron|better-sqlite3[^/]*|ws)/'] },
    },
    {
      name: 'views-know-no-other-view',
      severity: 'error',
      from: { path: '^renderer/views/([^/]+)/' },
      to: { path: '^renderer/views/[^/]+/', pathNot: '^renderer/views/$1/' },
    },
    {
      name: 'charts-and-widgets-only-draw',
      severity: 'error',
      from: { path: '^renderer/(charts|widgets)/' },
      to: { path: '^renderer/(query|state|views|host)/', pathNot: '^renderer/host/trusted[.]ts$' },
    },
    {
      name: 'only-the-shell-knows-electron',
      severity: 'error',
      from: { pathNot: '^electron/(main|preload)/' },
      to: { path: '^node_modules/electron/' },
    },
    { name: 'electron-knows-no-renderer', severity: 'error', from: { path: '^electron/' }, to: { path: '^renderer/' } },
    {
      name: 'node-knows-no-shell',
      severity: 'error',
      from: { path: '^electron/(node|hosts)/' },
      to: { path: '^electron/(main|preload)/' },
    },
    { name: 'node-knows-no-host', severity: 'error', from: { path: '^electron/node/' }, to: { path: '^electron/hosts/' } },
    {
      name: 'main-knows-no-engine',
      severity: 'error',
      from: { path: '^electron/(main|preload)/' },
      to: { path: '^(shared/engine|node_modules/better-sqlite3[^/]*)/' },
    },
    {
      name: 'preload-is-one-file',
      severity: 'error',
      from: { path: '^electron/preload/' },
      to: { pathNot: ['^electron/preload/', '^shared/contract/', '^node_modules/electron/'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '[.]d[.]ts$|[.]css$|[?]' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.json'],
    },
  },
};
