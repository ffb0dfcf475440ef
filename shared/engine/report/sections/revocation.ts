import { durationText } from '../../../lib/duration.ts';
import type { CredentialJson, FindingJson } from '../../../contract/report-json.ts';
import type { BlastArea, Containment, KnownAs, RevocationJson } from '../../../contract/revocation.ts';
import { changesThings } from '../../../model/endpoint-words.ts';
import { withRuleTitles } from '../../../model/rule-names.ts';
import type { Block, Cell } from '../blocks.ts';
import { sourceRefs } from '../source-refs.ts';
import { ruleTitles } from '../rule-title.ts';
import type { ReportView } from '../section.ts';
import { code, codeCell, codeList, count, minuteText, plural, sentence, strong, words } from '../text.ts';

/** Entries on paper; all of them stand in report.json. */
const ROWS = 50;
/** Agents led astray whose steps are printed. */
const MISLED = 3;
/** Entries whose arithmetic is printed. */
const WITH_TERMS = 10;

const validity = ({ stillValidSeconds }: RevocationJson): string =>
  stillValidSeconds === undefined ? 'no end known' : stillValidSeconds === 0 ? 'expired' : durationText(stillValidSeconds);

/** Used of reachable in one cell: two columns of it left no room for names. */
const areas = ({ used, reachable }: { readonly used: BlastArea; readonly reachable: BlastArea }): string =>
  reachable.endpoints === 0
    ? 'not seen in use'
    : `${count(used.endpoints)} of ${plural(reachable.endpoints, 'endpoint')}, ${count(used.hosts)} of ${plural(reachable.hosts, 'host')}, ${reachable.dataTypes.length === 0 ? '' : `${count(used.dataTypes.length)} of ${plural(reachable.dataTypes.length, 'kind')} of data, `}${count(used.people)} of ${plural(reachable.people, 'record')} about people`;

/** Whether the revocation held, in words. */
function containmentText(containment: Containment | undefined): string {
  if (containment === undefined) return 'not known to be revoked';
  const { state, callsAfter, acceptedBy, revokedAt, refusedAfter } = containment;
  const when = `revoked ${minuteText(revokedAt)}`;
  if (state === 'broken') return `${when}; accepted ${plural(callsAfter, 'time')} afterwards by ${acceptedBy.join(', ')}`;
  if (state === 'no-evidence') return `${when}; nothing was recorded afterwards`;
  return `${when}; held${refusedAfter === 0 ? '' : `, ${plural(refusedAfter, 'later try', 'later tries')} refused`}`;
}

/** What its owner looks for to end it, on a line of its own; the record has it in full where it is masked here. */
const knownAsCell = ({ name, value, call }: KnownAs, refs: (ref: string) => Cell): Cell =>
  sentence({ kind: 'break' }, `${name} `, code(value), ...(value.includes('…') ? [' in ', refs(call)] : []));

function planTable(entries: readonly RevocationJson[], view: ReportView): Block {
  const credentials = new Map(view.json.credentials.map((credential) => [credential.id, credential]));
  const labels = new Map(view.json.principals.map(({ id, label }) => [id, label]));
  const names = (ids: readonly string[]): readonly string[] => ids.map((id) => labels.get(id) ?? id);
  const seen = (credential: CredentialJson | undefined): Cell =>
    words(
      credential?.firstUse === undefined
        ? 'never used'
        : `${minuteText(credential.firstUse)} to ${minuteText(credential.lastUse ?? credential.firstUse)}`,
    );
  const refs = sourceRefs(view);
  // Where nothing is known to be revoked the column would say so on each row.
  const checked = entries.some(({ containment }) => containment !== undefined);
  return {
    kind: 'table',
    caption: `Credentials in the order in which they should go${checked ? '' : '; none is known to be revoked'}`,
    head: [
      { text: 'No.', align: 'end', width: 'fit' },
      { text: 'Credential', align: 'start', width: 'wide' },
      { text: 'Used (UTC)', align: 'start' },
      { text: 'Valid after the evidence', align: 'start' },
      { text: 'Used of reachable', align: 'start', width: 'wide' },
      { text: 'Who loses it', align: 'start' },
      ...(checked ? [{ text: 'Check that it is dead', align: 'start' } as const] : []),
    ],
    rows: entries.slice(0, ROWS).map((entry) => {
      const credential = credentials.get(entry.credential);
      return [
        words(String(entry.order)),
        sentence(
          code(entry.credential),
          ' ',
          codeCell(credential?.masked),
          (entry.knownAs ?? []).flatMap((id) => knownAsCell(id, refs)),
        ),
        seen(credential),
        words(validity(entry)),
        words(areas(entry.blastRadius)),
        codeList(names(entry.dependents), 3, 'nobody seen'),
        ...(checked ? [words(containmentText(entry.containment))] : []),
      ];
    }),
    omitted: Math.max(0, entries.length - ROWS),
  };
}

/** Callers whose key no source shows, before the plan: it cannot name what they hold. */
function callersPart({ json }: ReportView): readonly Block[] {
  if (json.revocationCallers.length === 0) return [];
  const labels = new Map(json.principals.map(({ id, label }) => [id, label]));
  const findings = new Map(json.findings.map(({ id, title }) => [id, title]));
  return [
    {
      kind: 'note',
      tone: 'warning',
      inlines: words(
        'Calls of incidents came with credentials that no source shows. They cannot stand in the plan: end every session and key of these principals where it was issued.',
      ),
    },
    {
      kind: 'table',
      caption: 'Principals of incidents whose credential is not in the evidence',
      head: [
        { text: 'Principal', align: 'start' },
        { text: 'Incident calls', align: 'end', width: 'fit' },
        { text: 'What they did', align: 'start' },
        { text: 'Known credentials of theirs', align: 'start' },
      ],
      rows: json.revocationCallers.map(({ principal, calls, findings: about, credentials }) => [
        codeCell(labels.get(principal) ?? principal),
        words(count(calls)),
        codeCell(findings.get(about[0] ?? '')),
        codeList(credentials, 6, 'none'),
      ]),
      omitted: 0,
    },
  ];
}

/** Evidence named by a fact of a finding. */
const named = (value: FindingJson['observed'][string] | undefined): readonly string[] =>
  value === undefined || typeof value === 'boolean' || typeof value === 'number'
    ? []
    : typeof value === 'string'
      ? [value]
      : value.map(String);

/** The steps that stop one agent that a text led astray: revoking a key does not, where it has other ways or the run goes on. */
function misledSteps(view: ReportView, finding: FindingJson): readonly Cell[] {
  const { json } = view;
  const labels = new Map(json.principals.map(({ id, label }) => [id, label]));
  const own = json.revocation.filter(({ usedBy }) => usedBy.some((id) => finding.principals.includes(id))).map(({ credential }) => credential);
  const endpoints = json.endpoints.filter(({ id }) => finding.endpoints.includes(id));
  const changing = endpoints.filter(({ flags, id }) => flags.length > 0 || changesThings(id));
  const receivers = named(finding.observed['receiver']);
  const text = json.incidents.find(({ findings }) => findings.includes(finding.id))?.steps[0];
  return [
    sentence('End the run of ', codeList(finding.principals.map((id) => labels.get(id) ?? id), 3), ', and every session that it holds; a run that goes on keeps what it has read.'),
    own.length === 0
      ? sentence('Its own credential is in no source: end it where it was issued.')
      : sentence('Revoke what it calls with: ', codeList(own, 6), '.'),
    ...(changing.length === 0 ? [] : [sentence('Take from it, until a person confirms each use: ', codeList(changing.map(({ id }) => id), 4), '.')]),
    ...(receivers.length === 0 ? [] : [sentence('Refuse at the way out of the estate: ', codeList(receivers, 4), '.')]),
    ...(text === undefined ? [] : [sentence('Take the text out of where others find it: record ', sourceRefs(view)(text.call), '.')]),
  ];
} // prettier-ignore

/** Incidents of agents that a text led astray: what stops them stands before the plan of credentials, which would not. */
function misledPart(view: ReportView): readonly Block[] {
  const grave = view.json.findings.filter(
    ({ id, family, status, rootCause }) =>
      family === 'incident' && status !== 'dismissed' && rootCause?.kind === 'misled' && rootCause.signs.some((sign) => sign.finding === id && sign.cause === 'misled'),
  );
  return grave.slice(0, MISLED).flatMap((finding, index): readonly Block[] => [
    { kind: 'heading', level: 3, id: `revocation-misled-${String(index + 1)}`, text: 'First: stop the agent that was led astray' },
    { kind: 'list', ordered: true, items: misledSteps(view, finding) },
  ]);
} // prettier-ignore

const reasonItem = (entry: RevocationJson, titleOf: (detector: string) => string | undefined): Cell =>
  sentence(
    code(entry.credential),
    `: ${entry.reason} Score `,
    strong(String(entry.score)),
    ` = ${entry.terms.map(({ name, points, why }) => `${name} ${String(points)} (${withRuleTitles(why, titleOf)})`).join(' + ')}.`,
    entry.rotateAfter.length === 0 ? '' : sentence(' Only after ', codeList(entry.rotateAfter, 6), '.'),
    entry.rotateBefore.length === 0 ? '' : sentence(' Before ', codeList(entry.rotateBefore, 6), '.'),
  );

/** Which credentials to revoke, in which order, why, and what breaks. Never a secret: ids and masks only. */
export function revocationBlocks(view: ReportView): readonly Block[] {
  const titleOf = ruleTitles(view);
  const entries = view.json.revocation;
  const callers = callersPart(view);
  const misled = misledPart(view);
  if (entries.length === 0 && callers.length + misled.length > 0) return [...misled, ...callers];
  if (entries.length === 0)
    return [{ kind: 'paragraph', inlines: words('No credential takes part in an incident, stood in the open or is gravely weak.') }];
  const broken = entries.filter(({ containment }) => containment?.state === 'broken').length;
  const warning: readonly Block[] =
    broken === 0
      ? []
      : [
          {
            kind: 'note',
            tone: 'warning',
            inlines: words(
              `${plural(broken, 'credential was', 'credentials were')} accepted after the revocation: the incident is not contained.`,
            ),
          },
        ];
  return [
    ...warning,
    ...misled,
    ...callers,
    planTable(entries, view),
    { kind: 'heading', level: 3, id: 'revocation-why', text: 'Why this order' },
    { kind: 'list', ordered: true, items: entries.slice(0, WITH_TERMS).map((entry) => reasonItem(entry, titleOf)) },
    {
      kind: 'note',
      tone: 'plain',
      inlines: words(
        `Validity is counted from the last call of the evidence. Reachable is what its scopes, or credentials of equal power, opened among the ${count(view.json.endpoints.filter(({ calls }) => calls > 0).length)} endpoints that were called; records about people are the least that the answers show. The drafts for issuers and gateways are in the revocation packet; nothing was sent.`,
      ),
    },
  ];
}
