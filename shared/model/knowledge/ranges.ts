import { parseCidr, type AddressRange } from '../../lib/cidr.ts';
import { isJsonObject } from '../../lib/json.ts';
import { PUBLISHED_RANGES } from './published-ranges.ts';

/** Where some agents call from, as their vendor published it. */
export interface RangeList {
  /** Day of the publication, `2026-10-01`: an old list makes true agents look false. */
  readonly date: string;
  /** Tokens of User-Agents or names of MCP clients. */
  readonly agents: readonly string[];
  readonly ranges: readonly AddressRange[];
}

/** Members of an entry that hold the block, by vendor: Google and OpenAI, AWS, others. */
const PREFIX_MEMBERS = ['ipv4Prefix', 'ipv6Prefix', 'ip_prefix', 'ipv6_prefix', 'prefix', 'cidr', 'range'];
/** Members of the file that hold its day. */
const DATE_MEMBERS = ['creationTime', 'createDate', 'date', 'updated', 'lastUpdated', 'generated'];
const MAX_RANGES = 100_000;

interface Parts {
  readonly date: string | undefined;
  readonly agents: readonly string[];
  readonly blocks: readonly string[];
}

/**
 * Reads a list of address ranges.
 * Shape:  the JSON that vendors publish (`creationTime` and `prefixes[].ipv4Prefix`, `ip_prefix` …), or text with one CIDR a line and
 *         the lines `# date: 2026-10-01` and `# agents: GPTBot, ChatGPT-User`. The agents of a published file are known by its `name`; JSON
 *         may say them as `agents`. Or one sentence about what is wrong.
 */
export function parseRanges(text: string, name: string): RangeList | string {
  const clean = text.replace(/^\uFEFF/, '');
  const parts = /^\s*[[{]/.test(clean) ? jsonParts(clean) : textParts(clean);
  if (typeof parts === 'string') return parts;
  const published = PUBLISHED_RANGES.find(({ file }) => name.toLowerCase().endsWith(file));
  const agents = parts.agents.length > 0 ? parts.agents : (published?.agents ?? []);
  if (parts.blocks.length === 0) return 'the list holds no address range';
  if (parts.blocks.length > MAX_RANGES) return `the list holds ${String(parts.blocks.length)} ranges, more than ${String(MAX_RANGES)}`;
  if (parts.date === undefined)
    return 'the list says no day: it needs creationTime or date (JSON), or a line "# date: 2026-10-01" (text), since old ranges accuse true agents';
  if (agents.length === 0)
    return `nothing says whose ranges these are: ${name} is no file name that a vendor uses, and there is no agents (JSON) or line "# agents: GPTBot"`;
  const ranges: AddressRange[] = [];
  for (const block of parts.blocks) {
    const range = parseCidr(block);
    if (range === undefined) return `${block.slice(0, 80)} is no address range; 192.0.2.0/24 is one`;
    ranges.push(range);
  }
  return { date: parts.date, agents, ranges };
}

const dayOf = (text: unknown): string | undefined => (typeof text === 'string' ? /\d{4}-\d\d-\d\d/.exec(text)?.[0] : undefined);

function jsonParts(text: string): Parts | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return `the list is not valid JSON: ${error.message}`;
    throw error;
  }
  if (!isJsonObject(value)) return 'the list is no JSON object with prefixes and a day';
  const items = Object.entries(value).flatMap(([name, member]): readonly unknown[] =>
    Array.isArray(member) && name !== 'agents' ? member : [],
  );
  const blocks = items.flatMap((item) => {
    if (typeof item === 'string') return [item];
    const block = isJsonObject(item) ? PREFIX_MEMBERS.map((name) => item[name]).find((each) => typeof each === 'string') : undefined;
    return typeof block === 'string' ? [block] : [];
  });
  const agents = value['agents'];
  return {
    date: DATE_MEMBERS.map((name) => dayOf(value[name])).find((day) => day !== undefined),
    agents: Array.isArray(agents) ? agents.filter((agent) => typeof agent === 'string' && agent !== '') : [],
    blocks,
  };
}

function textParts(text: string): Parts {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const noted = (word: string): string | undefined =>
    lines.map((line) => new RegExp(`^#+\\s*${word}\\s*[:=]\\s*(.+)$`, 'i').exec(line)?.[1]).find((found) => found !== undefined);
  return {
    date: dayOf(noted('date')),
    agents: (noted('agents?') ?? '').split(',').flatMap((agent) => (agent.trim() === '' ? [] : [agent.trim()])),
    blocks: lines.filter((line) => line !== '' && !line.startsWith('#')).map((line) => line.split(/[\s,;#]/, 1)[0] ?? ''),
  };
}
