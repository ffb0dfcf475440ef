import type { Change, ComparedEndpoint, ComparedPrincipal } from '../../../contract/compare.ts';
import type { PrincipalKind, SpecStatus } from '../../../contract/report-json.ts';
import { plural } from '../text.ts';

const SPEC_WORDS: Readonly<Record<SpecStatus, string>> = {
  documented: 'described',
  shadow: 'in no description',
  zombie: 'deprecated',
  orphan: 'never called',
  'no-spec': 'no description given',
};
const PRINCIPAL_WORDS: Readonly<Record<PrincipalKind, string>> = {
  human: 'person',
  service: 'service',
  agent: 'agent',
  unknown: 'kind not known',
};

/** What a changed member is called on pages. */
const MEMBER_WORDS: Readonly<Record<string, string>> = {
  spec: 'description',
  sensitivity: 'data',
  flags: 'power',
  auth: 'authentication',
  dataTypes: 'data',
  kind: 'kind',
};

const VALUE_WORDS: Readonly<Record<string, string>> = { ...SPEC_WORDS, ...PRINCIPAL_WORDS };
/** Only these members hold words of ours; lists hold names. */
const wordOf = (what: string, value: string): string => (what === 'spec' || what === 'kind' ? (VALUE_WORDS[value] ?? value) : value);

export const endpointText = ({ spec, sensitivity, calls }: ComparedEndpoint): string =>
  `${plural(calls, 'call')}; ${SPEC_WORDS[spec]}; data ${sensitivity}`;

export const principalText = ({ kind, calls }: ComparedPrincipal): string => `${PRINCIPAL_WORDS[kind]}, ${plural(calls, 'call')}`;

/** What went and what came, in words: lists give only what differs, so that one side may be empty. */
export function changeText({ what, before, after }: Change): string {
  const name = MEMBER_WORDS[what] ?? what;
  const [was, is] = [before, after].map((value) => wordOf(what, value.replaceAll(' ; ', ', ')));
  if (was === '' || was === undefined) return `${name}, new: ${is ?? ''}`;
  return is === '' || is === undefined ? `${name}, gone: ${was}` : `${name}: ${was}, now ${is}`;
}
