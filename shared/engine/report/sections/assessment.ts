import { durationText } from '../../../lib/duration.ts';
import { dataName } from '../../../model/data-words.ts';
import type { EndpointFlag, FindingJson, ReportJson } from '../../../contract/report-json.ts';
import type { Cell } from '../blocks.ts';
import { code, percent, plural, sentence, words } from '../text.ts';

/** A token that lives longer than this outlasts most intrusions. Units: seconds; 90 days, the longest that common key-rotation policies allow. */
const LONG_LIFE = 90 * 86_400;

const FLAG_WORDS: Readonly<Record<EndpointFlag, string>> = {
  'moves-money': 'move money',
  'grants-power': 'grant rights',
  destroys: 'delete data',
  'sends-outside': 'send data outside',
};

/** What follows from the facts of a finding for those affected, each statement with its ground; opinion, and labelled so. */
export function assessment(json: Omit<ReportJson, 'chains'>, finding: FindingJson): readonly Cell[] {
  const endpoints = json.endpoints.filter((endpoint) => finding.endpoints.includes(endpoint.id));
  const credentials = json.credentials.filter((credential) => finding.credentials.includes(credential.id));
  const principals = json.principals.filter((principal) => finding.principals.includes(principal.id));
  const sensitive = endpoints.filter((endpoint) => endpoint.sensitivity === 'S3' || endpoint.sensitivity === 'S2');
  const types = [...new Set(sensitive.flatMap((endpoint) => endpoint.dataTypes.map((seen) => seen.type)))].sort();
  const flags = [...new Set(endpoints.flatMap((endpoint) => endpoint.flags))].sort();
  const statements: Cell[] = [];
  if (types.length > 0) {
    const guessed = sensitive.every((endpoint) => endpoint.classifiedFrom === 'names');
    statements.push(
      sentence(
        'The endpoints carry sensitive data: ',
        `${types.slice(0, 8).map(dataName).join(', ')}${types.length > 8 ? ` and ${String(types.length - 8)} more kinds` : ''}`,
        guessed ? ' (judged by field names; the bodies are not in the evidence).' : ' (seen in bodies).',
        ' A duty to notify may follow; that is a legal question.',
      ),
    );
  }
  // Nothing seen and nothing recorded are different: only endpoints whose bodies were read can be said to hold nothing.
  const unread = endpoints.filter(({ classifiedFrom }) => classifiedFrom === 'names');
  if (types.length === 0 && unread.length > 0)
    statements.push(
      words(
        `Which data ${unread.length === endpoints.length ? 'the endpoints carry' : `${String(unread.length)} of the ${String(endpoints.length)} endpoints carry`} is not recorded: no bodies of theirs are in the evidence, and their names tell of none.`,
      ),
    );
  if (flags.length > 0) statements.push(words(`The endpoints can ${flags.map((flag) => FLAG_WORDS[flag]).join(', ')}.`));
  for (const credential of credentials.slice(0, 3)) {
    if ((credential.lifetimeSeconds ?? 0) <= LONG_LIFE) continue;
    statements.push(
      sentence(
        'Credential ',
        code(credential.id),
        ` lives ${durationText(credential.lifetimeSeconds ?? 0)}: whoever holds a copy can use it until it is revoked.`,
      ),
    );
  }
  for (const principal of principals.slice(0, 3)) {
    if (principal.scopesUnused.length === 0) continue;
    statements.push(
      sentence(
        code(principal.label),
        ` holds ${plural(principal.scopesGranted.length, 'scope')} and used ${percent(principal.scopesUsed.length, principal.scopesGranted.length)} of them; the unused ones widen what a misled or stolen identity can reach.`,
      ),
    );
  }
  if (principals.some((principal) => principal.kind === 'agent')) {
    statements.push(
      words(
        'A software agent made these calls: it acts on text that others can write, so intent of its operator does not follow from them.',
      ),
    );
  }
  return statements.length === 0
    ? [
        words(
          endpoints.length === 0
            ? 'It names no endpoint, no power and no long-lived credential; its weight is that of the rule alone.'
            : 'The bodies in the evidence show no sensitive data, and there are no powers or long-lived credentials; its weight is that of the rule alone.',
        ),
      ]
    : statements;
}
