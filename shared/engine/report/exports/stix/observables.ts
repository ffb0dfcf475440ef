import type { CallJson, FindingJson } from '../../../../contract/report-json.ts';
import { isInsideAddress } from '../../../../lib/inside-addresses.ts';
import { bareAddress, ipVersion } from '../../../../lib/ip-address.ts';
import { urlOf } from '../call-words.ts';
import type { ExportSource } from '../export-format.ts';
import { observable, type StixObject } from './objects.ts';

/** Calls of a finding that are looked at; those of the rest show the same callers and hosts. */
const MAX_CALLS = 5000;
/** Addresses that are told for one finding; all of its calls are in report.json. */
const MAX_URLS = 50;

const DOMAIN = /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*$/i;

/** What the calls of a finding show of callers, hosts and addresses. */
export interface Observed {
  readonly objects: readonly StixObject[];
  /** Addresses of callers that mean something outside as well. */
  readonly publicAddresses: readonly StixObject[];
}

function addressObject(address: string): StixObject | undefined {
  const bare = bareAddress(address).toLowerCase();
  const version = ipVersion(bare);
  return version === undefined ? undefined : observable(`ipv${version}-addr`, { value: bare });
}

const hostObject = (host: string): StixObject | undefined =>
  addressObject(host) ?? (DOMAIN.test(host) ? observable('domain-name', { value: host.toLowerCase() }) : undefined);

/** An address in the letters that RFC 3986 allows; `undefined` when it is none, as hostile records may have it. */
function urlObject(call: CallJson): StixObject | undefined {
  const url = call.host === undefined ? undefined : urlOf({ ...call, query: '' });
  if (url === undefined || !URL.canParse(url)) return undefined;
  return observable('url', { value: new URL(url).href });
}

/** The observables of a finding, each once, in the order of their ids. */
export function observablesOf(finding: FindingJson, { view }: ExportSource): Observed {
  const objects = new Map<string, StixObject>();
  const publicIds = new Set<string>();
  const add = (object: StixObject | undefined): void => {
    if (object !== undefined) objects.set(object.id, object);
  };
  let urls = 0;
  for (const ref of finding.calls.slice(0, MAX_CALLS)) {
    const call = view.call(ref);
    if (call === undefined) continue;
    const caller = call.clientIp === undefined ? undefined : addressObject(call.clientIp);
    add(caller);
    if (caller !== undefined && !isInsideAddress(bareAddress(call.clientIp ?? ''))) publicIds.add(caller.id);
    if (call.host !== undefined) add(hostObject(call.host));
    const url = urlObject(call);
    if (url === undefined || objects.has(url.id) || urls >= MAX_URLS) continue;
    add(url);
    urls += 1;
  }
  for (const principal of finding.principals) {
    const known = view.json.principals.find(({ id }) => id === principal);
    add(observable('user-account', { user_id: principal }, known === undefined ? {} : { display_name: known.label }));
  }
  const sorted = [...objects.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  return { objects: sorted, publicAddresses: sorted.filter(({ id }) => publicIds.has(id)) };
}
