import { scanJson } from '../../intake/json-leaves.ts';

/** A scalar of a definition. `pointer`: below the definition, items of lists as `[*]`, since their order says nothing. */
export interface Leaf {
  readonly pointer: string;
  readonly text: string;
}

/** One entry of a list that a server tells its capabilities by. */
export interface Definition {
  readonly kind: 'tool' | 'prompt' | 'resource';
  readonly name: string;
  /** In one order, whatever the order of the keys was. */
  readonly leaves: readonly Leaf[];
}

/** What one answer of a server told. `version`: of the server, as `name/version`. */
export interface ListAnswer {
  readonly definitions: readonly Definition[];
  readonly version: string | undefined;
  /** True where the text ends early: the last entry is left out. */
  readonly isCut: boolean;
}

/** Definitions of one server in one answer of it, or in one request by which a program told its model of them. */
export interface Sighting {
  readonly call: number;
  /** On the common clock; infinite where it is not known. Units: µs. */
  readonly time: number;
  readonly principal: number | null;
  readonly server: string;
  readonly teller: string | undefined;
  readonly release: string | undefined;
  readonly definitions: readonly Definition[];
}

const ENTRY = /^\$(?:\[\d+\])?\.result\.(tools|prompts|resources|resourceTemplates)\[(\d+)\]\.?(.*)$/;
const SERVER = /^\$(?:\[\d+\])?\.result\.(?:_meta\["io\.modelcontextprotocol\/serverInfo"\]|serverInfo)\.(name|version)$/;
const KINDS: Readonly<Record<string, Definition['kind']>> = {
  tools: 'tool',
  prompts: 'prompt',
  resources: 'resource',
  resourceTemplates: 'resource',
};
/** Scalars of one answer that are read: a server with more tools than that is no server. */
const MAX_LEAVES = 50_000;

/** The data of server-sent events, or the text itself. Source: HTML standard, "server-sent events". */
const messagesIn = (body: string): readonly string[] =>
  /^\s*[{[]/.test(body) ? [body] : body.split(/\r?\n\r?\n/).map((event) => event.split(/\r?\n/).flatMap((line) => (line.startsWith('data:') ? [line.slice(5)] : [])).join('\n')); // prettier-ignore

/** The order in which leaves are kept, whatever the order of the keys was. */
export const byPointer = (a: Leaf, b: Leaf): number => (a.pointer < b.pointer ? -1 : a.pointer > b.pointer ? 1 : a.text < b.text ? -1 : 1);

/**
 * Reads the tools, prompts and resources that the answer of an MCP server lists; other answers give no definitions.
 * Source: Model Context Protocol 2025-11-25 and 2026-07-28, "Listing Tools", "Listing Prompts", "Listing Resources".
 */
export function readList(body: string): ListAnswer {
  const entries = new Map<string, { readonly kind: Definition['kind']; readonly leaves: Leaf[] }>();
  const server = new Map<string, string>();
  let seen = 0;
  let isCut = false;
  for (const message of messagesIn(body)) {
    const end = scanJson(message, ({ pointer, text }) => {
      const [, list = '', index = '', below = ''] = ENTRY.exec(pointer) ?? [];
      const kind = KINDS[list];
      if (kind === undefined) {
        const part = SERVER.exec(pointer)?.[1];
        if (part !== undefined) server.set(part, text);
      } else {
        const key = `${list} ${index}`;
        const entry = entries.get(key) ?? { kind, leaves: [] };
        entries.set(key, entry);
        entry.leaves.push({ pointer: below.replaceAll(/\[\d+\]/g, '[*]'), text });
      }
      seen += 1;
      return seen < MAX_LEAVES;
    });
    if (end >= 0 && message.trim() !== '') isCut = true;
  }
  const whole = [...entries.values()].slice(0, isCut ? -1 : undefined);
  const definitions = whole.flatMap(({ kind, leaves }): readonly Definition[] => {
    const name = leaves.find(({ pointer }) => pointer === 'name')?.text ?? '';
    return name === '' ? [] : [{ kind, name, leaves: leaves.toSorted(byPointer) }];
  });
  const version = server.get('version');
  return { definitions, version: version === undefined ? undefined : `${server.get('name') ?? ''}/${version}`, isCut };
}
