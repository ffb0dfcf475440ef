import { defaultFilter } from 'cmdk';
import type { Command } from '../../state/commands.ts';

/** Commands that were used last, offered first while nothing is typed. */
const RECENT = 5;

/** Commands under a heading; without one where the match alone gives the order. */
interface Section {
  readonly heading: string | undefined;
  readonly commands: readonly Command[];
}

/**
 * What the palette lists for a text: the best match first, of equal ones that which was used last, else in the order of the registry.
 * Without a text: what was used last, then everything under its heading.
 */
export function rankCommands(commands: readonly Command[], text: string, recent: readonly string[]): readonly Section[] {
  const wanted = text.trim();
  // The same command offered twice is one: the part of the screen mounted last has the say.
  const unique = [...new Map(commands.map((command) => [command.id, command])).values()];
  const age = new Map(recent.map((id, index) => [id, index]));
  const ageOf = ({ id }: Command): number => age.get(id) ?? recent.length;
  if (wanted === '') return inSections(unique, ageOf, recent.length);
  const found = unique
    .map((command) => ({ command, score: defaultFilter(command.title, wanted, [command.group]) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || ageOf(a.command) - ageOf(b.command));
  return found.length === 0 ? [] : [{ heading: undefined, commands: found.map(({ command }) => command) }];
}

function inSections(commands: readonly Command[], ageOf: (command: Command) => number, never: number): readonly Section[] {
  const lately = commands
    .filter((command) => command.enabled !== false && ageOf(command) < never)
    .sort((a, b) => ageOf(a) - ageOf(b))
    .slice(0, RECENT);
  const rest = commands.filter((command) => !lately.includes(command));
  const headings = [...new Set(rest.map(({ group }) => group))];
  return [
    ...(lately.length === 0 ? [] : [{ heading: 'Used last', commands: lately }]),
    ...headings.map((heading) => ({ heading, commands: rest.filter(({ group }) => group === heading) })),
  ];
}
