import type { KnowledgeJson, SourceJson } from '../../../contract/report-json.ts';
import { groupBy } from '../../../lib/group-by.ts';
import { skewText } from '../../../model/clock-offsets.ts';
import type { Recheck } from '../../../model/recheck.ts';
import { likelyZone } from '../../../model/likely-zone.ts';
import { KNOWLEDGE_WORDS } from '../../../model/knowledge/kinds.ts';
import type { Block, Cell } from '../blocks.ts';
import type { PrintedView, Section } from '../section.ts';
import { sourceRuns } from '../source-refs.ts';
import { logsTable } from './evidence-logs.ts';
import { code, count, partNumber, plural, sentence, strong, text, words } from '../text.ts';

/** What was told to the case beside its evidence: results rest on it, so its hash stands here, too. */
function knowledgeBlocks(knowledge: readonly KnowledgeJson[]): readonly Block[] {
  if (knowledge.length === 0) return [];
  return [
    { kind: 'heading', level: 4, id: 'knowledge', text: 'Knowledge that is not evidence' },
    {
      kind: 'paragraph',
      inlines: sentence(
        'These files were given to Spoor to read the evidence with or to compare it with. They record no call; where a result rests on one, its reason says so.',
      ),
    },
    {
      kind: 'table',
      caption: 'Knowledge',
      head: [
        { text: 'Kind', align: 'start' },
        { text: 'File', align: 'start' },
        { text: 'It says', align: 'start' },
        { text: 'SHA-256', align: 'start' },
      ],
      rows: knowledge.map(({ kind, name, says, sha256 }) => [
        words(KNOWLEDGE_WORDS[kind]),
        [code(name)],
        words(says),
        sha256 === '' ? words('not recorded') : [code(sha256)],
      ]),
      omitted: 0,
    },
  ];
}

/** Whether the files are still what they were, in one sentence; a change is a warning. */
function recheckBlock({ json: { sources }, printing: { recheck } }: PrintedView): Block {
  if (recheck === undefined)
    return {
      kind: 'note',
      tone: 'plain',
      inlines: sentence(
        strong('Not read again. '),
        'The files were not at hand when this report was written; the hashes are those of the import.',
      ),
    };
  const number = (state: Recheck): number => sources.filter(({ sha256 }) => (recheck.get(sha256) ?? 'gone') === state).length;
  const [same, changed, gone] = [number('same'), number('changed'), number('gone')];
  if (changed + gone === 0)
    return {
      kind: 'note',
      tone: 'plain',
      inlines: sentence(
        strong('Read again. '),
        `Every file was read again when this report was written: ${plural(same, 'hash is', 'hashes are')} the same.`,
      ),
    };
  return {
    kind: 'note',
    tone: 'warning',
    inlines: sentence(
      strong('Read again, with differences. '),
      `When this report was written, ${count(same)} of ${plural(sources.length, 'file')} had the same hash, ${count(changed)} had another one, and ${count(gone)} were not found under their names. The report rests on the bytes of the import.`,
    ),
  };
}

/** Clocks that differ: whoever sets two files beside each other by their times has to know. */
function clockBlocks({ json: { sources }, clocks }: PrintedView): readonly Block[] {
  const where = 'where two files share no traffic, their clocks cannot be compared.';
  const moved = sources.flatMap(({ clockAheadMs }, index) => (clockAheadMs === undefined ? [] : [{ index, ms: clockAheadMs }]));
  if (clocks === undefined) return [];
  if (moved.length === 0)
    return [{ kind: 'note', tone: 'plain', inlines: sentence(strong('Clocks. '), `No difference was found; ${where}`) }];
  const byWords = groupBy(
    moved.toSorted((a, b) => Math.abs(b.ms) - Math.abs(a.ms) || a.index - b.index),
    ({ ms }) => `${skewText(Math.abs(ms))} ${ms > 0 ? 'ahead' : 'behind'}`,
  );
  const items = [...byWords].map(([difference, files], at): Cell => [
    text(at === 0 ? '' : '; '),
    ...sourceRuns(files.map(({ index }) => index).sort((a, b) => a - b)),
    text(` ${difference}`),
  ]);
  return [
    {
      kind: 'note',
      tone: moved.some(({ ms }) => Math.abs(ms) >= WARNED_SKEW) ? 'warning' : 'plain',
      inlines: sentence(
        strong('Clocks differ. '),
        items.flat(),
        `, by requests that two files recorded, or as the files of the same log before and after. Links were made on a common clock; every time in this report is as its file wrote it, so that what ${moved.length === 1 ? 'this file' : 'these files'} saw may read later or earlier than its cause; ${where}`,
      ),
    },
    ...localBlocks(sources),
  ];
} // prettier-ignore

/** Files whose times are most likely those of a wall clock, by zone. */
function localBlocks(sources: readonly SourceJson[]): readonly Block[] {
  const local = sources.flatMap((source, index) => {
    const zone = likelyZone(source);
    return zone === undefined ? [] : [{ zone, index }];
  });
  return [...groupBy(local, ({ zone }) => zone)].map(([zone, files]) => ({
    kind: 'note',
    tone: 'warning',
    inlines: sentence(
      strong('Local time. '),
      sourceRuns(files.map(({ index }) => index)),
      ` ${files.length === 1 ? 'names no zone and was read as UTC, but its clock lies as far off as if it were' : 'name no zone and were read as UTC, but their clocks lie as far off as if they were'} written in UTC${zone}: the true times of ${files.length === 1 ? 'its' : 'their'} records are that much ${zone.startsWith('-') ? 'later' : 'earlier'} than this report says. Set the zone in the case to have them so.`,
    ),
  }));
} // prettier-ignore

/** A clock that is wrong by this much misleads whoever sets two files side by side. Units: ms. */
const WARNED_SKEW = 1_000;

/** What was given, by log, whether it is still what it was, and what became of its records. */
export const evidence: Section = {
  id: 'evidence',
  title: 'Evidence and custody',
  part: 'body',
  build: (view) => {
    const { json, overview, printing } = view;
    return [
      {
        kind: 'paragraph',
        inlines: sentence(
          `${plural(json.sources.length, 'file')} with ${plural(overview.records.total, 'record')}: ${count(overview.records.accepted)} accepted, ${count(overview.records.rejected)} rejected, ${count(overview.records.skipped)} skipped. `,
          'Spoor reads files and never changes them. Every file, with its size and its SHA-256, stands in ',
          partNumber('files'),
          '; an archive has its own hash here. ',
          'Who handed over which file, and when, is not in the files: none recorded. Elsewhere a record is written as the number of its file and its own, such as E3#12.',
        ),
      },
      recheckBlock(view),
      logsTable(json.sources, printing.recheck),
      ...clockBlocks(view),
      ...knowledgeBlocks(json.knowledge),
      ...(json.sources.some(({ format }) => format === undefined)
        ? ([
            {
              kind: 'paragraph',
              inlines: [text('A file that could not be read is listed all the same; nothing in this report rests on it.')],
            },
          ] as const)
        : []),
    ];
  },
};
