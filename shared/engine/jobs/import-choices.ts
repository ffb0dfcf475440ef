import type { RaisedLimits, SourceChoice } from '../../contract/intake-review.ts';
import type { ReadChoice } from '../../contract/read-choice.ts';
import type { Expanded, ExpandRequest } from '../ports.ts';
import { readZone } from './zone.ts';

type Item = Extract<Expanded, { kind: 'source' }>;

/** The part of an order to import that says how its sources are read. */
interface Decided {
  readonly paths: readonly (ExpandRequest & ReadChoice)[];
  readonly zone?: string | undefined;
  readonly sources?: readonly SourceChoice[] | undefined;
  readonly limits?: RaisedLimits | undefined;
}

/** What an analyst decided about the sources of an import before it began. */
export interface ImportChoices {
  /** How a source is read: what was said of it, else of its path, else of all. */
  of(item: Item): ReadChoice;
  leavesOut(name: string): boolean;
  /** What its row says of the decisions, so that the report can. */
  notesOf(item: Item): readonly string[];
}

/** Names in a note about what was left out; of more, the count is told. */
const NAMED = 20;

const LIMIT_WORDS: Readonly<Record<keyof RaisedLimits, string>> = {
  members: 'members of one archive',
  ratio: 'unpacked bytes per packed byte',
  unpackedBytes: 'bytes that archives unpack to',
};

/** Errors: AppError `bad-params` for a zone that is none, before anything is read. */
export function importChoices(request: Decided): ImportChoices {
  const ofPaths = request.paths.map(({ format, settings, zone = request.zone }): ReadChoice => ({ format, settings, zone }));
  const ofSources = new Map((request.sources ?? []).map((choice) => [choice.name, choice]));
  for (const { zone } of [...ofPaths, ...ofSources.values()]) if (zone !== undefined) readZone(zone);
  const leftOut = (request.sources ?? []).flatMap(({ name, leaveOut }) => (leaveOut === true ? [name] : []));
  const limits = request.limits ?? {};
  const raised = (Object.keys(LIMIT_WORDS) as (keyof RaisedLimits)[]).flatMap((limit) =>
    limits[limit] === undefined ? [] : [`limit raised for this import: ${LIMIT_WORDS[limit]}, to ${String(limits[limit])}`],
  );
  return {
    of({ format: place, source }) {
      const ofPath = ofPaths[Number(place ?? '0')] ?? { zone: request.zone };
      const { format = ofPath.format, settings = ofPath.settings, zone = ofPath.zone } = ofSources.get(source.name) ?? {};
      return { format, settings, zone };
    },
    leavesOut: (name) => ofSources.get(name)?.leaveOut === true,
    notesOf({ container }) {
      const beside = container === undefined ? [] : leftOut.filter((name) => name.startsWith(`${container.name}!`));
      const more = beside.length > NAMED ? ` and ${String(beside.length - NAMED)} more` : '';
      return [...raised, ...(beside.length === 0 ? [] : [`left out on request: ${beside.slice(0, NAMED).join(', ')}${more}`])];
    },
  };
}
