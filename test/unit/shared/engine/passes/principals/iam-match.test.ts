import { expect, test } from 'vitest';
import type { JsonObject } from '#shared/lib/json.ts';
import { parseIam } from '#shared/model/knowledge/iam.ts';
import { createIamFinder, type Listed } from '#shared/engine/passes/principals/iam-match.ts';
import { consumerIdentity, credentialIdentity, namedIdentity, type Identity } from '#shared/engine/passes/principals/identity.ts';

const NOTHING = { consumers: new Set<string>(), keyNames: new Set<string>() };

/** What lists (CSV, by file) say of an identity. */
function find(
  lists: Readonly<Record<string, string>>,
  identity: Identity | undefined,
  seen: Partial<typeof NOTHING> = {},
): Listed | undefined {
  const entries = Object.entries(lists).flatMap(([file, text]) => {
    const parsed = parseIam(text);
    if (typeof parsed === 'string') throw new Error(parsed);
    return parsed.map((entry) => ({ ...entry, file }));
  });
  return identity === undefined ? undefined : createIamFinder(entries).find(identity, { ...NOTHING, ...seen });
}

const token = (claims: JsonObject): Identity | undefined =>
  namedIdentity({ id: 1, key: 'jwt-1', kind: 'jwt', masked: 'eyJ…abc', label: undefined, header: { alg: 'RS256' }, claims }); // prettier-ignore
const apiKey = credentialIdentity({ id: 1, key: 'api-key-1', kind: 'api-key', masked: 'Kd0…c9S', label: undefined, header: undefined, claims: undefined }); // prettier-ignore

const APPS = { 'apps.csv': 'name,client_id,sub,owner\nBilling,0oa1billing,7f3e-billing,finance\nReports,0oa2reports,9a1c-reports,data' };

test('a list that names an app and its ids is found by client id and by subject', () => {
  expect(find(APPS, token({ sub: '0oa1billing', client_id: '0oa1billing' }))).toMatchObject({ owner: 'finance', file: 'apps.csv' });
  expect(find(APPS, token({ sub: '9a1c-reports' }))).toMatchObject({ owner: 'data' });
  expect(find(APPS, token({ sub: 'x-1', azp: '0oa1billing', preferred_username: 'service-account-0oa1billing' }))).toMatchObject({
    owner: 'finance',
  });
  expect(find(APPS, token({ oid: 'guid', appid: '0oa2reports', idtyp: 'app' }))).toMatchObject({ owner: 'data' });
});

test('rows that name nobody in the evidence are known, and a name beside an id is kept', () => {
  const parsed = parseIam('principal,name,owner\na288762e,nordhaul,ops\nb7,baltrans,ops\n50a5e560,,ops');
  if (typeof parsed === 'string') throw new Error(parsed);
  const finder = createIamFinder(parsed.map((entry) => ({ ...entry, file: 'owners.csv' })));
  expect(finder.find(consumerIdentity('A288762E'), NOTHING)).toMatchObject({ name: 'nordhaul', owner: 'ops' });
  expect(finder.find(consumerIdentity('baltrans'), NOTHING)).toMatchObject({ principal: 'b7', name: 'baltrans' });
  expect(finder.unmatched().map(({ principal }) => principal)).toEqual(['50a5e560']);
});

test('an app does not stand for the people who use it', () => {
  expect(find(APPS, token({ sub: 'ann', client_id: '0oa1billing' }))).toBeUndefined();
});

test('a person is found by mail address, with whatever case, an agent acting for the person is not', () => {
  const people = { 'people.csv': 'username,email,owner\nadoe,Ann.Doe@acme.test,sales' };
  expect(find(people, token({ sub: '00u8f', email: 'ann.doe@acme.test' }))).toMatchObject({ principal: 'adoe', owner: 'sales' });
  expect(find(people, token({ sub: '00u8f', email: 'ann.doe@acme.test', act: { sub: 'support-agent' } }))).toBeUndefined();
});

test('the address beside a program is whom to ask, not the program', () => {
  const list = { 'bots.csv': 'principal,kind,email\nbill-bot,agent,ann@acme.test' };
  expect(find(list, token({ sub: 'ann@acme.test' }))).toBeUndefined();
  expect(find(list, consumerIdentity('bill-bot'))).toMatchObject({ kind: 'agent' });
});

test('a key is found by its mask, the gateway’s id of it, or the thumbprint that a token is bound to', () => {
  const keys = {
    'keys.csv': 'name,key_hint,key_id,owner\nnightly,Kd0***c9S,key_8841,ops\nbound,,0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I,sec',
  };
  expect(find(keys, apiKey, { keyNames: new Set(['Kd0…c9S']) })).toMatchObject({ owner: 'ops' });
  expect(find(keys, apiKey, { keyNames: new Set(['key_8841']) })).toMatchObject({ owner: 'ops' });
  expect(find(keys, token({ sub: 's', cnf: { jkt: '0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I' } }))).toMatchObject({ owner: 'sec' });
  expect(find(keys, apiKey, { keyNames: new Set(['Xy1…z00']) })).toBeUndefined();
});

test('what several entries share names none of them, and neither does a row number', () => {
  const shared = { 'a.csv': 'name,key_id,owner\none,shared-key,x\ntwo,shared-key,y' };
  expect(find(shared, apiKey, { keyNames: new Set(['shared-key']) })).toBeUndefined();
  expect(find({ 'b.csv': 'name,id,owner\none,17,x' }, token({ sub: '17' }))).toBeUndefined();
});

test('several lists add up', () => {
  const lists = { 'gateway.csv': 'consumer,scopes\nbot,orders:read', 'iam.csv': 'principal,owner,scopes\nbot,ops,orders:write' };
  expect(find(lists, consumerIdentity('bot'))).toMatchObject({
    file: 'gateway.csv',
    owner: 'ops',
    scopes: ['orders:read', 'orders:write'],
  });
});

test('a subject with the kind of its holder in front is found by the bare name, with where it calls from', () => {
  const lists = { 'owners.csv': 'principal,owner,addresses\nacme-sync,ops,185.109.216.41' };
  expect(find(lists, token({ sub: 'partner:acme-sync' }))).toMatchObject({ owner: 'ops', addresses: ['185.109.216.41'] });
  expect(find(lists, token({ sub: 'user:acme-sync' }))).toBeUndefined();
  expect(find(lists, token({ sub: 'urn:x:acme-sync' }))).toBeUndefined();
});
