import type { LeastPrivilegeJson, PrincipalJson } from '../../../contract/report-json.ts';
import type { Block, Cell, Column } from '../blocks.ts';
import type { PrintedView } from '../section.ts';
import { byteText, code, codeLines, count, minuteText, plural, sentence, strong, words } from '../text.ts';

/** Callers in the table of policies. */
export const ROWS = 150;
/** Callers whose controls are told on paper: those of incidents; all of them are in report.json. */
export const CARDS = 10;
/** Operations of a policy on paper; its text has all. */
const OPERATIONS = 20;

const column = (name: string, align: 'start' | 'end' = 'end'): Column => ({ text: name, align });
const ofAll = (part: number, whole: number): Cell => words(whole === 0 ? '–' : `${count(part)} of ${count(whole)}`);

const windowText = ({ observedWindow, observedFrom }: LeastPrivilegeJson): string =>
  `${observedWindow === undefined ? 'no times' : `${minuteText(observedWindow[0])} to ${minuteText(observedWindow[1])}`}${observedFrom === 'all' ? ' *' : ''}`;

/** Shape: scopes have columns only where a principal was granted any. */
function overview(policies: readonly LeastPrivilegeJson[], callers: ReadonlyMap<string, PrincipalJson>, caption: string): Block {
  const scoped = policies.some(({ principal }) => (callers.get(principal)?.scopesGranted.length ?? 0) > 0);
  return {
    kind: 'table',
    caption,
    head: [
      column('Principal', 'start'), column('Learnt from (UTC)', 'start'),
      ...(scoped ? [column('Scopes granted'), column('unused')] : []), column('Endpoints'), column('Incident calls stopped'), column('Other calls broken'),
    ], // prettier-ignore
    rows: policies.slice(0, ROWS).map((policy) => {
      const caller = callers.get(policy.principal);
      const { replay } = policy;
      return [
        [code(caller?.label ?? policy.principal)],
        words(windowText(policy)),
        ...(scoped ? [words(count(caller?.scopesGranted.length ?? 0)), words(count(caller?.scopesUnused.length ?? 0))] : []),
        words(count(policy.operations.length)),
        ofAll(replay.incidentBlocked, replay.incidentTotal),
        policy.holdOut ? ofAll(replay.legitimateBroken, replay.legitimateTotal) : words('not tried apart'),
      ];
    }),
    omitted: Math.max(0, policies.length - ROWS),
  };
}

/** What each control would have done for the callers of incidents, one below the other. */
function controls(policies: readonly LeastPrivilegeJson[], labelOf: (policy: LeastPrivilegeJson) => string): Block {
  const rowsOf = (policy: LeastPrivilegeJson): readonly (readonly Cell[])[] => [
    [[code(labelOf(policy))]],
    ...[{ control: 'the smallest policy', savedBytes: undefined, incidentUnknown: 0, ...policy.replay }, ...policy.counterfactuals].map((row) => [
      words(row.control),
      ofAll(row.incidentBlocked, row.incidentTotal),
      words(row.incidentUnknown === 0 ? '–' : count(row.incidentUnknown)),
      words(row.savedBytes === undefined || row.savedBytes === 0 ? '–' : byteText(row.savedBytes)),
      ofAll(row.legitimateBroken, row.legitimateTotal),
    ]),
  ];
  return {
    kind: 'table',
    caption: 'Controls for the principals of incidents, played over the same calls',
    head: [
      column('Control', 'start'), column('Incident calls stopped'), column('not judged'), column('Answers saved'), column('Other calls broken'),
    ],
    rows: policies.flatMap(rowsOf),
    omitted: 0,
  };
} // prettier-ignore

/** What each control is taken to do: said once for all callers that it was tried for. */
function assumptions(policies: readonly LeastPrivilegeJson[]): readonly Cell[] {
  const byText = new Map<string, Set<string>>();
  for (const { counterfactuals } of policies)
    for (const { control, assumes } of counterfactuals) byText.set(assumes, (byText.get(assumes) ?? new Set()).add(control));
  return [...byText].map(([assumes, names]) => sentence(strong(`${[...names].join(', ')}: `), assumes));
}

/** The callers of incidents: what each control would have done, and which operations their policies are made of. */
function incidentCallers(policies: readonly LeastPrivilegeJson[], labelOf: (policy: LeastPrivilegeJson) => string): readonly Block[] {
  if (policies.length === 0) return [];
  const assumed = assumptions(policies);
  return [
    controls(policies, labelOf),
    {
      kind: 'paragraph',
      inlines: words('Not judged: incident calls that the control could not be tried on; they count as passed.'),
    },
    ...(assumed.length === 0 ? [] : [{ kind: 'list', ordered: false, items: assumed } as const]),
    { kind: 'heading', level: 3, id: 'least-privilege-operations', text: 'Endpoints that their policies permit' },
    {
      kind: 'facts',
      rows: policies.map((policy) => ({ name: labelOf(policy), value: codeLines(policy.operations, OPERATIONS) })),
    },
  ];
}

/** Granted against used, and what less power would have stopped and broken. A board reads only of the principals of incidents, and no list of endpoints. */
export function leastPrivilegeBlocks({ json, printing: { profile } }: Pick<PrintedView, 'json' | 'printing'>): readonly Block[] {
  const policies = json.leastPrivilege;
  if (policies.length === 0)
    return [{ kind: 'paragraph', inlines: words('No agent, service or principal of an incident is named well enough for a policy.') }];
  const callers = new Map(json.principals.map((caller) => [caller.id, caller]));
  const guilty = policies.filter(({ replay }) => replay.incidentTotal > 0);
  const named = guilty.slice(0, CARDS);
  return [
    {
      kind: 'note',
      tone: 'warning',
      inlines: words(
        'Unseen is not unneeded. Each policy permits what its principal was seen to need in the window beside it, and nothing else: work of month ends, seasons and emergencies is missing where the window does not show it. The texts (Cedar, Rego, OpenFGA) are drafts in report.json and in the policy export.',
      ),
    },
    profile === 'board' && guilty.length > 0
      ? overview(
          guilty,
          callers,
          `Smallest policy of each principal of an incident, replayed over the log; ${plural(policies.length - guilty.length, 'other principal has one', 'other principals have one')} in the full report`,
        )
      : overview(policies, callers, 'Smallest policy of each principal, replayed over the log'),
    {
      kind: 'paragraph',
      inlines: words(
        'Incident calls are the evidence of incident findings. Other calls are answered calls after the window, which the policy was not learnt from. * The baseline window holds too few calls of this principal: learnt from and tried on all of its calls outside incidents.',
      ),
    },
    ...(profile === 'board'
      ? [
          {
            kind: 'paragraph',
            inlines: words('What other controls would have stopped, and the endpoints of each policy, are in the full report.'),
          } as const,
        ]
      : incidentCallers(named, ({ principal }) => callers.get(principal)?.label ?? principal)),
  ];
}
