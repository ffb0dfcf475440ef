import type { KnowledgeJson, SourceJson } from '../../../contract/report-json.ts';
import { KNOWLEDGE_WORDS } from '../../../model/knowledge/kinds.ts';
import type { Block, FactRow } from '../blocks.ts';
import type { Section } from '../section.ts';
import { SOURCE_CARDS, sourceAnchor, sourceName } from '../source-refs.ts';
import { byteText, code, link, codeCell, count, plural, sentence, text, timeText, words } from '../text.ts';

const ledger = (source: SourceJson): string =>
  `${count(source.records)} records = ${count(source.accepted)} accepted + ${count(source.rejected)} rejected + ${count(source.skipped)} skipped`;

function factsOf(source: SourceJson): readonly FactRow[] {
  return [
    { name: 'SHA-256', value: [code(source.sha256)] },
    { name: 'Size', value: words(`${byteText(source.bytes)} (${count(source.bytes)} bytes)`) },
    ...(source.container === undefined ? [] : [{ name: 'Inside of', value: [code(source.container.name)] }]),
    {
      name: 'Read as',
      value: sentence(source.format === undefined ? 'not evidence that Spoor reads' : code(source.format), ': ', source.evidence),
    },
    { name: 'Ledger', value: words(ledger(source)) },
    {
      name: 'Times',
      value: words(
        source.timeRange === undefined
          ? 'none'
          : `${timeText(source.timeRange[0])} to ${timeText(source.timeRange[1])} UTC; zone ${source.timezone}`,
      ),
    },
    ...(source.duplicateOf === undefined ? [] : [{ name: 'Same bytes as', value: codeCell(source.duplicateOf) }]),
    ...(source.notes.length === 0 ? [] : [{ name: 'Notes', value: words(source.notes.join(' ')) }]),
  ];
}

/** Archives that the files came in, each once. */
function containerBlocks(sources: readonly SourceJson[]): readonly Block[] {
  const containers = new Map(sources.flatMap(({ container }) => (container === undefined ? [] : [[container.name, container.sha256]])));
  if (containers.size === 0) return [];
  return [
    {
      kind: 'table',
      caption: 'Archives',
      head: [
        { text: 'Archive', align: 'start' },
        { text: 'SHA-256', align: 'start', width: 'fit' },
      ],
      rows: [...containers].map(([name, sha256]) => [[code(name)], [code(sha256)]]),
      omitted: 0,
    },
  ];
}

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

/** Every file: name, size, hash, how it was read, and what became of each record. */
export const evidence: Section = {
  id: 'evidence',
  title: 'Evidence and custody',
  part: 'body',
  build: ({ json, overview }) => [
    {
      kind: 'paragraph',
      inlines: sentence(
        `${plural(json.sources.length, 'file')} with ${plural(overview.records.total, 'record')}: ${count(overview.records.accepted)} accepted, ${count(overview.records.rejected)} rejected, ${count(overview.records.skipped)} skipped. `,
        'Spoor reads files and never changes them; the hash is of the bytes as they were read. A file inside an archive has its own hash and that of the archive. ',
        'Who handed over which file, and when, is not in the files: none recorded. Elsewhere a record is written as the number of its file and its own, such as E3#12. ',
        'Reading the files again and comparing the hashes is a step of its own: ',
        code('spoor verify'),
        '.',
      ),
    },
    {
      kind: 'table',
      caption: 'Files',
      head: [
        { text: 'No.', align: 'start', width: 'fit' },
        { text: 'File', align: 'start' },
        { text: 'Read as', align: 'start' },
        { text: 'Size', align: 'end', width: 'fit' },
        { text: 'Accepted', align: 'end' },
        { text: 'Rejected', align: 'end' },
        { text: 'Skipped', align: 'end' },
      ],
      rows: json.sources.map((source, index) => [
        index < SOURCE_CARDS ? [link(sourceAnchor(index), sourceName(index))] : [text(sourceName(index))],
        [code(source.name)],
        [text(source.format ?? 'not read')],
        words(byteText(source.bytes)),
        words(count(source.accepted)),
        words(count(source.rejected)),
        words(count(source.skipped)),
      ]),
      omitted: 0,
    },
    ...json.sources
      .slice(0, SOURCE_CARDS)
      .flatMap((source, index) => [
        { kind: 'heading', level: 4, id: sourceAnchor(index), text: `${sourceName(index)} ${source.name}` } as const,
        { kind: 'facts', rows: factsOf(source) } as const,
      ]),
    ...(json.sources.length > SOURCE_CARDS
      ? ([
          {
            kind: 'table',
            caption: 'Hashes of the other files',
            head: [
              { text: 'File', align: 'start' },
              { text: 'SHA-256', align: 'start' },
            ],
            rows: json.sources.slice(SOURCE_CARDS).map((source) => [[code(source.name)], [code(source.sha256)]]),
            omitted: 0,
          },
        ] as const)
      : []),
    ...containerBlocks(json.sources),
    ...knowledgeBlocks(json.knowledge),
  ],
};
