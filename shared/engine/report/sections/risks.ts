import type { Cell } from '../blocks.ts';
import { listRisks, PREVENTS, type Risk, type Tier } from '../risk/risks.ts';
import type { PrintedView, Section } from '../section.ts';
import { code, count, findingAnchor, link, partNumber, sentence, strong, words } from '../text.ts';

/** More than a board discusses; all findings stand in their own part. */
export const ROWS = 40;

const tierCell = ({ tier, why }: Tier): Cell => sentence(strong(String(tier)), ` ${why}`);

function controlCell(view: PrintedView, { control, finding }: Risk): Cell {
  const [remedy = '–'] = finding.remediation;
  if (finding.family !== 'incident') return words(remedy);
  const prevents = PREVENTS[finding.rootCause?.kind ?? 'undecided'] ?? remedy;
  if (control === undefined) return words(`${prevents} No control of this kind that was played over the log stops its calls.`);
  const label = view.json.principals.find(({ id }) => id === control.principal)?.label ?? control.principal;
  return sentence(
    strong(control.control),
    ' for ',
    code(label),
    `: would have stopped ${count(control.incidentBlocked)} of ${count(control.incidentTotal)} incident calls and broken ${count(control.legitimateBroken)} of ${count(control.legitimateTotal)} others. ${prevents}`,
  );
}

/** Risk as likelihood times impact, each with its ground, beside the control that would have stopped it. */
export const risks: Section = {
  id: 'risks',
  title: 'Risk register',
  part: 'annex',
  build: (view) => {
    const all = listRisks(view.json);
    return [
      {
        kind: 'paragraph',
        inlines: sentence(
          'Risk is likelihood (1 to 4) times impact (1 to 4). Likelihood follows from what the records show (observed 4, inferred 3, suspected 2; a weakness that was open in calls 2, else 1), impact from the most sensitive endpoint involved and from what it can do. The product ranks; it is no probability and no amount of money. Of the controls that were played over the calls of the evidence only those are named that meet the root cause and leave at least nine in ten other calls alone; ',
          partNumber('actions'),
          ' says how.',
        ),
      },
      {
        kind: 'table',
        caption: 'Open findings as risks, the greatest first',
        head: [
          { text: 'Risk', align: 'end', width: 'fit' },
          { text: 'Finding', align: 'start', width: 'wide' },
          { text: 'Likelihood', align: 'start' },
          { text: 'Impact', align: 'start' },
          { text: 'What would have stopped it', align: 'start', width: 'wide' },
        ],
        rows: all
          .slice(0, ROWS)
          .map((risk) => [
            [strong(String(risk.product))],
            [link(findingAnchor(view.json.findings.indexOf(risk.finding)), risk.finding.title)],
            tierCell(risk.likelihood),
            tierCell(risk.impact),
            controlCell(view, risk),
          ]),
        omitted: Math.max(0, all.length - ROWS),
      },
    ];
  },
};
