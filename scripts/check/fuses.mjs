// Reads the fuses out of a packaged Electron and compares them with what the release promises.
// Source: Electron's "Fuses" tutorial: a sentinel in the binary, then a version byte, a count, and one character a fuse.
export const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const STATES = { 0: 'off', 1: 'on', r: 'removed' };

/** In the order of version 1, with the state that a release must have; `undefined` is left at Electron's default. */
const EXPECTED = [
  ['runAsNode', 'off'],
  ['enableCookieEncryption', 'on'],
  ['enableNodeOptionsEnvironmentVariable', 'off'],
  ['enableNodeCliInspectArguments', 'off'],
  ['enableEmbeddedAsarIntegrityValidation', 'on'],
  ['onlyLoadAppFromAsar', 'on'],
  ['loadBrowserProcessSpecificV8Snapshot', undefined],
  ['grantFileProtocolExtraPrivileges', 'off'],
  ['wasmTrapHandlers', undefined],
];

/** Every fuse of a binary by name; `undefined` when it has none of version 1. */
export function readFuses(binary) {
  const at = binary.indexOf(SENTINEL, 0, 'latin1');
  if (at < 0 || binary[at + SENTINEL.length] !== 1) return undefined;
  const count = binary[at + SENTINEL.length + 1];
  const wire = binary.subarray(at + SENTINEL.length + 2, at + SENTINEL.length + 2 + count).toString('latin1');
  return Object.fromEntries([...wire].map((state, index) => [EXPECTED[index]?.[0] ?? `fuse ${index + 1}`, STATES[state] ?? `'${state}'`]));
}

/** What is not as a release must have it, one line each. */
export function fuseProblems(binary) {
  const fuses = readFuses(binary);
  if (fuses === undefined) return ['no fuses of version 1 were found'];
  return EXPECTED.flatMap(([name, wanted]) =>
    wanted === undefined || fuses[name] === wanted ? [] : [`${name} is ${fuses[name] ?? 'not there'}, a release has it ${wanted}`],
  );
}
