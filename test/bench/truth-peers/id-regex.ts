/** How simple tools tell ids: by the form of one segment alone. */
const IDS: readonly RegExp[] = [
  /^\d+$/,
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i,
  /^(?=.*\d)[0-9a-f]{8,}$/i,
  /^\d{4}-\d{2}-\d{2}$/,
  /^(?=.*\d)(?=.*[A-Za-z])[A-Za-z0-9_-]{16,}$/,
  /^[^@/]+@[^@/]+\.[a-z]+$/i,
];

/** What a peer makes of paths: the template of each, in their order. Parameters are `{}`. */
export type Peer = (paths: readonly string[]) => readonly string[];

const isId = (segment: string): boolean => IDS.some((id) => id.test(segment));

/** Segments with ids already unnamed. */
export const segmentsOf = (path: string): readonly string[] =>
  path
    .split('/')
    .filter((segment) => segment !== '')
    .map((segment) => (isId(segment) ? '{}' : segment));

export const toTemplate = (segments: readonly string[]): string => `/${segments.join('/')}`;

/** The floor of the floors: ids by form, everything else stays. */
export const idRegex: Peer = (paths) => paths.map((path) => toTemplate(segmentsOf(path)));
