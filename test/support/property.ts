import fc from 'fast-check';

/**
 * Property tests with the same examples in every run, so that a red run belongs to the change that made it red.
 * `SPOOR_SEED=<number>` looks at other examples; a counterexample that it finds becomes a test row of its own.
 */
const seed = Number(process.env['SPOOR_SEED'] ?? 20261122);
fc.configureGlobal({ seed });

export { fc };
