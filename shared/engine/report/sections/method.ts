import type { ReportView, Section } from '../section.ts';
import { code, count, nameText, sentence, strong, text, words } from '../text.ts';

const EDGE_WORDS: Readonly<Record<string, string>> = {
  trace: 'trace context or span ids in both records',
  rpc: 'the same protocol message id',
  nesting: 'one call contained in another, by address and time',
  redirect: 'a redirect and the call it sent',
  pagination: 'a next link or cursor and the call that used it',
  credential: 'a credential issued, then used',
  initiator: 'the initiator or referer that the record names',
  value: 'a value that a response returned and a later request sent',
  adjacent: 'order in time only',
};

/** Rules that found something are told with their thresholds; the others by name and version, which fix them as well. */
const spoke = ({ json }: ReportView, detector: string): boolean => json.findings.some((finding) => finding.detector === detector);

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
    { kind: 'list', ordered: true, items: view.method.map((step) => sentence(strong(step.title), '. ', step.detail)) },
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
      kind: 'table',
      caption: 'Thresholds of the rules that found something',
      head: [
        { text: 'Rule', align: 'start', width: 'fit' },
        { text: 'Version', align: 'end' },
        { text: 'Threshold', align: 'start', width: 'fit' },
        { text: 'Value', align: 'start' },
        { text: 'Reason', align: 'start' },
      ],
      rows: view.detectorSettings
        .filter(({ detector }) => spoke(view, detector))
        .flatMap((detector) =>
          (detector.settings.length === 0 ? [{ name: 'none', value: '', why: '' }] : detector.settings).map((setting, index) => [
            index === 0 ? [code(detector.detector)] : [],
            index === 0 ? words(String(detector.version)) : [],
            [text(nameText(setting.name))],
            [text(String(setting.value))],
            [text(setting.why)],
          ]),
        ),
      omitted: 0,
    },
    {
      kind: 'paragraph',
      inlines: sentence(
        strong('Rules that ran and found nothing, with their versions. '),
        'All thresholds are the defaults of the version: ',
        view.detectorSettings
          .filter(({ detector }) => !spoke(view, detector))
          .flatMap(({ detector, version }, index) => [text(index === 0 ? '' : ', '), code(detector), text(` ${String(version)}`)]),
        '.',
      ),
    },
  ],
};
