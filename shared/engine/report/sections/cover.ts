import { PROFILE_WORDS } from '../../../contract/profile.ts';
import { severityMark, code, link, minuteText, plural, sentence, text, words } from '../text.ts';
import { unreadText } from '../unread-text.ts';
import type { Cell, FactRow } from '../blocks.ts';
import { markingOf, titleOf } from '../html/document.ts';
import type { PrintedView, Section } from '../section.ts';
import { incidentFindings, noIncidentText } from './summary.ts';

/** The gravest claim with how sure it is, so that the first page says what the report is about. */
function claim(view: PrintedView): Cell {
  const [first] = incidentFindings(view);
  if (first === undefined) return words(noIncidentText(view));
  return [severityMark(first.severity), text(` ${first.title} (${first.confidence}).`)];
}

function signRows({ printing: { signOff } }: PrintedView): readonly FactRow[] {
  if (signOff === undefined)
    return [
      {
        name: 'Sign-off',
        value: words('Unsigned. It holds no time but those of the evidence, so that the same evidence gives the same bytes.'),
      },
    ];
  const { name, role, time, reportSha256, chainHead } = signOff;
  return [
    { name: 'Sign-off', value: words(`${name}${role === '' ? '' : `, ${role}`}, ${minuteText(time)} UTC`) },
    { name: 'Signed SHA-256', value: sentence(code(reportSha256), ' of the unsigned internal report.json') },
    { name: 'Head of the log', value: [code(chainHead)] },
  ];
}

/** Rules that could not look, or not everywhere: silence of theirs says nothing. */
function lacking({ json: { coverage } }: PrintedView): Cell {
  const partly = new Set(coverage.partlyEvaluable.map(({ detector }) => detector)).size;
  const said = [
    ...(coverage.notEvaluable.length === 0 ? [] : [`${plural(coverage.notEvaluable.length, 'rule')} lacked input`]),
    ...(partly === 0 ? [] : [`${plural(partly, 'rule')} could look at a part of the evidence only`]),
  ];
  return said.length === 0 ? words('Every rule had its inputs.') : sentence(`${said.join(', ')}: see `, link('limits', 'limits'));
}

/** The first page: which case, which evidence, for whom, who stands by it, and how to know this report again. */
export const cover: Section = {
  id: 'cover',
  title: 'Cover',
  part: 'front',
  build: (view) => {
    const { json, printing } = view;
    const window = json.case.window;
    return [
      {
        kind: 'title',
        eyebrow: 'Report on API activity',
        text: titleOf(view),
        rows: [
          { name: 'In one sentence', value: claim(view) },
          {
            name: 'Period covered',
            value: words(
              window === undefined ? 'The evidence carries no times.' : `${minuteText(window[0])} to ${minuteText(window[1])} UTC`,
            ),
          },
          {
            name: 'Evidence',
            value: words(
              `${plural(json.sources.length, 'file')}, ${plural(json.coverage.calls, 'call')}; ${unreadText(view) ?? 'all of it could be read'}`,
            ),
          },
          {
            name: 'Not evaluable',
            value: lacking(view),
          },
          { name: 'Marking', value: words(markingOf(printing)) },
          {
            name: 'Audience',
            value: words(
              `${printing.settings.audience === '' ? 'not stated' : printing.settings.audience}. Profile ${PROFILE_WORDS[printing.profile].title.toLowerCase()}: ${PROFILE_WORDS[printing.profile].says}`,
            ),
          },
          ...signRows(view),
          { name: 'Made with', value: sentence(`Spoor ${json.case.spoorVersion}, rules `, code(json.case.rulesVersion.slice(0, 16))) },
          { name: 'Revision', value: sentence('SHA-256 of report.json of this profile ', code(view.jsonSha256)) },
        ],
      },
    ];
  },
};

/** The table of contents. */
export const contents: Section = { id: 'toc', title: 'Contents', part: 'front', build: () => [{ kind: 'contents' }] };
