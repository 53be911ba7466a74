// The layers of the house. Each rule says which mistake it stops; test/repo/layers.test.ts shows that each one can.

const tests = '[.](test|bench)[.]ts$|/test-[^/]+[.]ts$';

/** A package as it is named in an import, or as it lies on disk once resolved. */
const npm = (...names) => `(^|/node_modules/)(${names.join('|')})(/|$)`;

/** Rooms that take values and return values. */
const pureRooms = [
  'packages/oaa/src/(errors|payload|graph)/',
  'packages/scim-writeback/src/(protocol|profiles|attributes|projection)/',
  'packages/scim-writeback/src/base/merge',
  'packages/scim-writeback/src/consistency/compare',
  'packages/registrar/src/json[.]ts$',
  'packages/registrar/src/plan/assemble-plan',
].map((room) => `^${room}`);

/** A heavy dependency has one home, so that whoever does not go there does not load it. Type-only imports count too. */
const only = (name, home, packages, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { pathNot: home },
  to: { path: npm(...packages) },
});

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    only(
      'only-http-imports-axios',
      ['^packages/oaa/src/http/'],
      ['axios'],
      'Retries, time-outs, TLS and the redaction of keys are decided in one place; a second user of axios would go around them.',
    ),
    only(
      'only-csv-imports-csv-parse',
      ['^packages/oaa/src/sources/csv/', '^test/bench/csv-floor[.]ts$'],
      ['csv-parse'],
      'Rows keep their positions and their bounds only when they are read there (the floor of the bench has neither).',
    ),
    only(
      'only-cli-imports-yargs',
      ['^packages/[^/]+/src/cli/'],
      ['yargs', 'listr2'],
      'A library that loads a terminal is slow to import and may end the process.',
    ),
    only(
      'only-servers-import-fastify',
      [
        '^packages/scim-writeback/src/server/fastify([.]test)?[.]ts$',
        '^packages/registrar/src/sandbox/',
        '^test/bench/scim/child[.]ts$',
      ],
      ['fastify', '@fastify'],
      'The SCIM server is a function of a request; a framework within it could not be mounted elsewhere.',
    ),
    only(
      'only-sql-imports-kysely',
      ['^packages/scim-writeback/src/directory/sql/'],
      ['kysely'],
      'All tables and their locks are in one room; SQL elsewhere would not be covered by the conformance suite.',
    ),
    {
      name: 'no-upward-import-from-oaa',
      comment:
        'oaa <- scim-writeback <- registrar: an import against the arrow makes a cycle of packages. Tests included.',
      severity: 'error',
      from: { path: '^packages/oaa/' },
      to: { path: ['^packages/(scim-writeback|registrar)/', npm('@oaa-kit/(scim-writeback|registrar)')] },
    },
    {
      name: 'no-upward-import-from-scim-writeback',
      comment:
        'oaa <- scim-writeback <- registrar: an import against the arrow makes a cycle of packages. Tests included.',
      severity: 'error',
      from: { path: '^packages/scim-writeback/' },
      to: { path: ['^packages/registrar/', npm('@oaa-kit/registrar')] },
    },
    {
      name: 'no-import-out-of-packages',
      comment: 'What is published cannot reach what is not.',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^(examples|templates|test)/' },
    },
    {
      name: 'packages-meet-by-name',
      comment: 'A relative path into another package works here and breaks once it is published.',
      severity: 'error',
      from: { path: '^(packages|examples)/([^/]+)/' },
      to: { path: '^(packages|examples)/', pathNot: '^$1/$2/', dependencyTypes: ['local'] },
    },
    {
      name: 'pure-rooms-have-no-core-modules',
      comment:
        'A payload, a patch or a comparison that reads a file, a socket or randomness cannot be tested or repeated.',
      severity: 'error',
      from: { path: pureRooms, pathNot: tests },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'pure-rooms-have-no-packages-with-effects',
      comment: 'Of packages they take only zod: everything else does more than to compute.',
      severity: 'error',
      from: { path: pureRooms, pathNot: tests },
      to: { dependencyTypesNot: ['local', 'core'], path: '.', pathNot: [npm('zod'), '^packages/'] },
    },
    {
      name: 'pure-rooms-know-only-pure-rooms',
      comment: 'An effect behind one more import is still an effect. Type-only imports are free.',
      severity: 'error',
      from: { path: pureRooms, pathNot: tests },
      to: {
        path: '^packages/[^/]+/src/',
        pathNot: [...pureRooms, '^packages/oaa/src/index[.]ts$'],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'no-cycles',
      comment: 'In a cycle of modules the order of loading decides what is undefined. Type-only imports are free.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'entries-reach-no-tests',
      comment: 'Test code behind a published entry brings test dependencies with it.',
      severity: 'error',
      from: {
        path: ['^packages/[^/]+/src/index[.]ts$', '^packages/[^/]+/src/[^/]+/(index|main)[.]ts$'],
        pathNot: '^packages/[^/]+/src/testing/',
      },
      to: { path: tests, reachable: true },
    },
    {
      name: 'declared-dependencies',
      comment: 'What package.json does not declare is there by luck here and missing at the user.',
      severity: 'error',
      from: { path: '^packages/[^/]+/src/', pathNot: [tests, '^packages/[^/]+/src/testing/'] },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'resolvable',
      comment: 'An import of a file that is not there.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^packages/[^/]+/dist/'] },
    exclude: { path: ['/dist/', '/fixtures/', '/[.]tmp/'] },
    tsPreCompilationDeps: 'specify',
    detectProcessBuiltinModuleCalls: true,
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@oaa-kit/source', 'import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
    },
    tsConfig: { fileName: 'tsconfig.json' },
  },
};
