import type { PictureAct } from '../charts/picture-keys.ts';

/** Where a key holds: on some screens, by id, or wherever the window has the focus. */
type On = 'everywhere' | readonly string[];

/** A key that the program comes with. */
interface BuiltInKey {
  /** Of the command that it runs; of what it does to a picture where no command stands behind it. */
  readonly id: string;
  /** In the syntax of `parseKeys`; any of them will do. */
  readonly keys: readonly string[];
  readonly on: On;
  /** What a picture does with it, for the list of keys; commands have titles of their own. */
  readonly ofPicture?: string;
}

/** An act of pictures as the list of keys and the settings show it. */
interface PictureCommand {
  readonly id: PictureAct;
  readonly title: string;
  readonly group: string;
  readonly keys: readonly string[];
  readonly single: true;
}

const CALLS = ['calls'] as const;
const INVENTORY = ['inventory'] as const;
const CHAINS = ['chains'] as const;
const FINDINGS = ['findings'] as const;
/** Screens on which one call can be starred, marked, tagged and noted. */
const MARKED = ['calls', 'chains'] as const;
/** Screens with pictures of nodes and lines. */
const MAPS = ['chains', 'graph'] as const;

/**
 * KEY REGISTRY: every built-in key and the screens that it holds on, but those of the rail, which stand in the view registry. On one
 * screen a key means one thing; a test sees to it.
 */
export const builtInKeys = [
  { id: 'find-command', keys: ['mod+k'], on: 'everywhere' },
  { id: 'focus-query', keys: ['/'], on: 'everywhere' },
  { id: 'go-back', keys: ['alt+left'], on: 'everywhere' },
  { id: 'go-forward', keys: ['alt+right'], on: 'everywhere' },
  { id: 'show-keys', keys: ['?'], on: 'everywhere' },
  { id: 'add-evidence', keys: ['mod+o'], on: 'everywhere' },
  { id: 'new-case', keys: ['mod+n'], on: 'everywhere' },
  { id: 'undo', keys: ['mod+z'], on: 'everywhere' },
  { id: 'redo', keys: ['mod+shift+z', 'mod+y'], on: 'everywhere' },
  { id: 'pick-call', keys: ['x'], on: CALLS },
  { id: 'peek-call', keys: ['space'], on: CALLS },
  { id: 'follow-chain', keys: ['f'], on: CALLS },
  { id: 'show-in-graph', keys: ['g'], on: CALLS },
  { id: 'close-details', keys: ['esc'], on: CALLS },
  { id: 'close-endpoint', keys: ['esc'], on: INVENTORY },
  { id: 'go-to-row', keys: ['mod+g'], on: CALLS },
  { id: 'previous-marked', keys: ['['], on: CALLS },
  { id: 'next-marked', keys: [']'], on: CALLS },
  { id: 'previous-finding', keys: ['{'], on: CALLS },
  { id: 'next-finding', keys: ['}'], on: CALLS },
  { id: 'copy-yc', keys: ['y c'], on: CALLS },
  { id: 'copy-yp', keys: ['y p'], on: CALLS },
  { id: 'copy-yw', keys: ['y w'], on: CALLS },
  { id: 'copy-yf', keys: ['y f'], on: CALLS },
  { id: 'copy-yh', keys: ['y h'], on: CALLS },
  { id: 'copy-yj', keys: ['y j'], on: CALLS },
  { id: 'copy-yr', keys: ['y r'], on: CALLS },
  { id: 'copy-yl', keys: ['y l'], on: CALLS },
  { id: 'copy-yy', keys: ['y y'], on: CALLS },
  { id: 'edit-templates', keys: ['e'], on: [...CALLS, ...INVENTORY] },
  { id: 'compare-calls', keys: ['d'], on: CALLS },
  { id: 'compare-chain', keys: ['d'], on: CHAINS },
  { id: 'compare-caller', keys: ['d'], on: ['identities'] },
  { id: 'accept-finding', keys: ['a'], on: FINDINGS },
  { id: 'dismiss-finding', keys: ['d'], on: FINDINGS },
  { id: 'star-call', keys: ['s'], on: MARKED },
  { id: 'mark-call', keys: ['m'], on: MARKED },
  { id: 'put-in-report', keys: ['r'], on: MARKED },
  // Not T: that turns every picture into its table.
  { id: 'tag-call', keys: ['#'], on: MARKED },
  { id: 'note-call', keys: ['n'], on: MARKED },
  { id: 'tag-1', keys: ['1'], on: MARKED },
  { id: 'tag-2', keys: ['2'], on: MARKED },
  { id: 'tag-3', keys: ['3'], on: MARKED },
  { id: 'tag-4', keys: ['4'], on: MARKED },
  { id: 'tag-5', keys: ['5'], on: MARKED },
  { id: 'as-table', keys: ['t'], on: ['overview', ...CALLS, ...MAPS], ofPicture: 'The same as a table, and back' },
  { id: 'as-waterfall', keys: ['w'], on: CHAINS, ofPicture: 'The chain as a waterfall' },
  { id: 'as-graph', keys: ['g'], on: CHAINS, ofPicture: 'The chain as a graph' },
  { id: 'as-sequence', keys: ['q'], on: CHAINS, ofPicture: 'The chain as a sequence of messages' },
  { id: 'as-messages', keys: ['v'], on: CHAINS, ofPicture: 'The chain as a conversation' },
  { id: 'as-spread', keys: ['o'], on: CHAINS, ofPicture: 'The chain by the hosts that it reached' },
  { id: 'expand-node', keys: ['e'], on: MAPS, ofPicture: 'Expand' },
  { id: 'collapse-node', keys: ['c'], on: MAPS, ofPicture: 'Collapse' },
  { id: 'hide-node', keys: ['h'], on: MAPS, ofPicture: 'Hide' },
  { id: 'prove-link', keys: ['p'], on: MAPS, ofPicture: 'Path to, or what proves the link' },
  { id: 'whole-picture', keys: ['0'], on: MAPS, ofPicture: 'The whole picture' },
  { id: 'larger', keys: ['+', '='], on: MAPS, ofPicture: 'Larger' },
  { id: 'smaller', keys: ['-'], on: MAPS, ofPicture: 'Smaller' },
] as const satisfies readonly BuiltInKey[];

export type KeyedId = (typeof builtInKeys)[number]['id'];

const byId = new Map<string, readonly string[]>(builtInKeys.map(({ id, keys }) => [id, keys]));

/** The built-in keys of a command. */
export const keysFor = (id: KeyedId): readonly string[] => byId.get(id) ?? [];

/** What pictures do with keys of their own, one press each; listed and changed beside the commands. */
export const pictureCommands: readonly PictureCommand[] = builtInKeys.flatMap((key) =>
  'ofPicture' in key ? [{ id: key.id, title: key.ofPicture, group: 'Pictures', keys: key.keys, single: true }] : [],
);
