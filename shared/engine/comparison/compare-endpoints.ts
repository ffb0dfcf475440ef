import type { Change, ComparedEndpoint, Comparison, Differences } from '../../contract/compare.ts';
import { joinById } from './join-by-id.ts';

/** Members that are one word. */
const WORDS = ['spec', 'sensitivity'] as const;
/** Members that are lists: what came and what went is told apart. */
const LISTS = ['flags', 'auth', 'dataTypes'] as const;

function changesOf(before: ComparedEndpoint, after: ComparedEndpoint): readonly Change[] {
  const words = WORDS.flatMap((what): Change[] =>
    before[what] === after[what] ? [] : [{ what, before: before[what], after: after[what] }],
  );
  const lists = LISTS.flatMap((what): Change[] => {
    const [was, is] = [new Set<string>(before[what]), new Set<string>(after[what])];
    const gone = [...was].filter((value) => !is.has(value));
    const come = [...is].filter((value) => !was.has(value));
    return gone.length + come.length === 0 ? [] : [{ what, before: gone.join(' ; '), after: come.join(' ; ') }];
  });
  return [...words, ...lists];
}

/** Endpoints that were called on one side only, and those that are something else now; of lists a change names what went and what came. */
export const compareEndpoints = (before: readonly ComparedEndpoint[], after: readonly ComparedEndpoint[]): Differences<ComparedEndpoint> =>
  joinById(before, after, changesOf);

/** Kinds of data that only one side was seen with, wherever. */
export function compareDataTypes(before: readonly ComparedEndpoint[], after: readonly ComparedEndpoint[]): Comparison['dataTypes'] {
  const typesOf = (endpoints: readonly ComparedEndpoint[]): ReadonlySet<string> =>
    new Set(endpoints.flatMap(({ dataTypes }) => dataTypes.map((type) => type.split(' ', 1)[0] ?? '')));
  const [was, is] = [typesOf(before), typesOf(after)];
  return { new: [...is].filter((type) => !was.has(type)).sort(), gone: [...was].filter((type) => !is.has(type)).sort() };
}
