import type { CallJson, PrincipalJson } from '#shared/contract/report-json.ts';
import type { CallTruth } from '#test/support/scenarios/core/truth.ts';

import type { Export } from './export.ts';
import type { Truth } from './load.ts';
import { bCubed, compareSets, prefixed, share, type Scores } from './score.ts';
import { majorityOf, viewOf, type View } from './view.ts';

interface Item {
  readonly call: CallTruth;
  readonly said: CallJson | undefined;
}

/** Calls from outside that a record shows, apart by whether one shows who called or only from where. */
function itemsOf({ truth, seen, saidOf }: View): { readonly named: readonly Item[]; readonly network: readonly Item[] } {
  const items = seen.filter(({ hop }) => hop === 'client').map((call): Item => ({ call, said: saidOf(call) }));
  const isNamed = ({ call }: Item): boolean =>
    call.credential !== undefined && truth.recordsOf.get(call.id)?.some(({ visible }) => visible !== 'network') === true;
  return { named: items.filter(isNamed), network: items.filter((item) => !isNamed(item)) };
}

/** Kinds: share of principals and of calls named right; precision and recall of `agent` for both. */
function kindScores(named: readonly Item[], saidFor: ReadonlyMap<string, PrincipalJson>): Scores {
  const kinds = new Map(named.map(({ call }) => [call.principal, call.kind]));
  const principalsOf = (kindOf: (name: string) => string | undefined): ReadonlySet<string> =>
    new Set([...kinds.keys()].filter((name) => kindOf(name) === 'agent'));
  const callsOf = (kindOf: (item: Item) => string | undefined): ReadonlySet<string> =>
    new Set(named.flatMap((item) => (kindOf(item) === 'agent' ? [item.call.id] : [])));
  return {
    'kind.principals': share(kinds, ([name, kind]) => saidFor.get(name)?.kind === kind),
    'kind.calls': share(named, ({ call, said }) => said?.kind === call.kind),
    ...prefixed('agents', {
      ...compareSets(
        principalsOf((name) => saidFor.get(name)?.kind),
        principalsOf((name) => kinds.get(name)),
      ),
    }),
    ...prefixed('agent-calls', {
      ...compareSets(
        callsOf(({ said }) => said?.kind),
        callsOf(({ call }) => call.kind),
      ),
    }),
  };
}

/** Scopes that were granted and never used, of principals of whom a record shows a token; those in an incident are neutral. */
function scopeScores({ scenario, withCredentials }: Truth, named: readonly Item[], saidFor: ReadonlyMap<string, PrincipalJson>): Scores {
  const involved = new Set(scenario.incidents.flatMap(({ principals }) => principals));
  const tokens = named.filter(({ call }) => call.credentialKind === 'jwt' && withCredentials.has(call.id));
  const telling = new Set(tokens.map(({ call }) => call.principal));
  const judged = scenario.principals.filter(({ id }) => telling.has(id) && !involved.has(id));
  const wanted = judged.flatMap(({ id, granted, used }) =>
    granted.filter((scope) => !used.includes(scope)).map((scope) => `${id}\n${scope}`),
  );
  const found = judged.flatMap(({ id }) => (saidFor.get(id)?.scopesUnused ?? []).map((scope) => `${id}\n${scope}`));
  return prefixed('unused-scopes', { ...compareSets(new Set(found), new Set(wanted)) });
}

/**
 * How well the product says who called. Over calls from outside whose record shows a credential or a consumer: `principals`
 * (B-cubed), `kind.*`, `agents.*`, `unused-scopes`, and `credentials`, the share of credentials whose principal is right; only tokens and credentials that
 * stand in a record are asked for. Over the
 * other calls from outside, whose record shows only a place on the network: `network.attributed`, the share with any principal,
 * and `network.principals` (B-cubed).
 * A principal of the truth is the one that the product says for most of its calls.
 */
export function identityScores(truth: Truth, exported: Export): Scores {
  const view = viewOf(truth, exported);
  const { named, network } = itemsOf(view);
  const principals = new Map(exported.report.principals.map((principal) => [principal.id, principal]));
  const saidIds = majorityOf(named.map(({ call, said }) => [call.principal, said?.principal]));
  const saidFor = new Map(
    [...saidIds].flatMap(([name, id]): [string, PrincipalJson][] => {
      const found = principals.get(id);
      return found === undefined ? [] : [[name, found]];
    }),
  );
  const credentials = new Map(exported.report.credentials.map(({ id, principal }) => [id, principal]));
  const shown = named.filter(({ call }) => truth.withCredentials.has(call.id));
  const ownerOf = new Map(shown.map(({ call }) => [call.credential ?? '', call.principal]));
  const saidCredentials = majorityOf(shown.map(({ call, said }) => [call.credential, said?.credential]));
  const clusters = (items: readonly Item[]): Scores => ({ ...bCubed(items.map(({ call, said }) => [call.principal, said?.principal])) });
  return {
    ...prefixed('principals', clusters(named)),
    ...kindScores(named, saidFor),
    ...scopeScores(truth, named, saidFor),
    credentials: share(ownerOf, ([credential, owner]) => {
      const said = credentials.get(saidCredentials.get(credential) ?? '');
      return said !== undefined && said === saidIds.get(owner);
    }),
    'network.attributed': share(network, ({ said }) => said?.principal !== undefined),
    ...prefixed('network.principals', clusters(network)),
  };
}
