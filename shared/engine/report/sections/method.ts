import type { Section } from '../section.ts';
import { code, count, link, sentence, strong, text, words } from '../text.ts';

const EDGE_WORDS: Readonly<Record<string, string>> = {
  trace: 'trace context or span ids in both records',
  rpc: 'one call within another that carries the same message: JSON-RPC operation and id',
  nesting:
    'call within a call: a request handed on, one made while another was answered, or one that a tool made, by request line, address, arguments and time',
  redirect: 'a redirect and the call it sent',
  pagination: 'a next link or cursor and the call that used it',
  credential: 'a credential issued, then used',
  initiator: 'the initiator or referer that the record names',
  value: 'a value that a response returned and a later request sent',
  adjacent: 'order in time only',
};

/** Passes write numbers and times for their own lists; on paper they read like all others. */
const readable = (detail: string): string =>
  detail.replaceAll(/(?<=\d),(?=\d{3}(?!\d))/g, '\u202f').replaceAll(/(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?Z/g, '$1 $2 UTC');

/** What was run, in which version and with which thresholds: enough to repeat it. */
export const method: Section = {
  id: 'method',
  title: 'Method',
  part: 'body',
  build: (view) => [
    {
      kind: 'paragraph',
      inlines: sentence(
        `Spoor ${view.json.case.spoorVersion} ran on the machine of the analyst, without network. Rules `,
        code(view.json.case.rulesVersion),
        '. Results depend on the evidence and the version alone: no sampling, no model, no chance.',
      ),
    },
    {
      kind: 'list',
      ordered: true,
      columns: 2,
      items: view.method.map((step) => sentence(strong(step.title), '. ', readable(step.detail))),
    },
    {
      kind: 'table',
      caption: 'How calls were linked',
      head: [
        { text: 'Kind', align: 'start' },
        { text: 'Links', align: 'end' },
        { text: 'What proves it', align: 'start' },
      ],
      rows: Object.entries(view.overview.edgesByKind)
        .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
        .map(([kind, edges]) => [[text(kind)], words(count(edges)), words(EDGE_WORDS[kind] ?? '')]),
      omitted: 0,
    },
    {
      kind: 'paragraph',
      inlines: sentence(
        'Each rule with its version, its question, its answer and its thresholds, which are the defaults of the version, stands in ',
        link('rules', 'Rules and thresholds'),
        '.',
      ),
    },
  ],
};
