import { expect, test } from 'vitest';
import { parseIam, type IamEntry } from '#shared/model/knowledge/iam.ts';

test('a table with a header becomes principals with owner, scopes, roles and status', () => {
  expect(
    parseIam('Client ID,Owner,Scopes,Roles,Enabled\nacme-bot,"Ops, EMEA",orders:read orders:write,reader,true\nold-bot,,*,,false\n'),
  ).toEqual([
    { principal: 'acme-bot', owner: 'Ops, EMEA', scopes: ['orders:read', 'orders:write'], roles: ['reader'], status: 'active' },
    { principal: 'old-bot', scopes: ['*'], roles: [], status: 'disabled' },
  ]);
});

test('JSON may be a list or an object that holds one', () => {
  const entry = { principal: 'bot', kind: 'agent', scopes: ['a', 'b'] };
  const wanted = [{ principal: 'bot', kind: 'agent', scopes: ['a', 'b'], roles: [] }];
  expect(parseIam(JSON.stringify([entry]))).toEqual(wanted);
  expect(parseIam(JSON.stringify({ total: 1, principals: [entry] }))).toEqual(wanted);
});

test('a list that cannot be used is refused with what was found', () => {
  expect(parseIam('')).toBe('the list of principals is empty');
  expect(parseIam('colour,size\nred,1\n')).toMatch(/no column says who.*colour/);
  expect(parseIam('{')).toMatch(/not valid JSON/);
  expect(parseIam('principal,status\nbot,perhaps\n')).toMatch(/row 1.*perhaps is no status/);
  expect(parseIam('principal,owner\n,ops\n')).toMatch(/row 1.*names no principal/);
});

test('a list that holds secrets is refused: a case keeps none in clear', () => {
  expect(parseIam('client_id,client_secret\nbot,s3cr3t\n')).toMatch(/client_secret looks like a secret/);
  expect(parseIam(JSON.stringify([{ principal: 'bot', apiKey: 'x' }]))).toMatch(/apiKey looks like a secret/);
  const nested = { users: [{ username: 'ann', credentials: [{ type: 'password', secretData: 'x' }] }] };
  expect(parseIam(JSON.stringify(nested))).toMatch(/secretData looks like a secret/);
  const other = { principals: [{ principal: 'bot' }], clients: { web: { client_secret: 'x' } } };
  expect(parseIam(JSON.stringify(other))).toMatch(/client_secret looks like a secret/);
});

test('addresses and networks are read apart from what is no address', () => {
  const [entry] = parseIam('principal,addresses\nacme,"185.109.216.41; 185.109.216.0/28 2001:db8::/48 office"\n') as readonly IamEntry[];
  expect(entry).toMatchObject({ addresses: ['185.109.216.41', '185.109.216.0/28', '2001:db8::/48'], notAddresses: ['office'] });
});

test('a list of changes is none of principals, though its entries have ids and owners', () => {
  expect(parseIam('id,from,to,what,owner\nCHG-1,2026-10-21,2026-10-22,load test,Platform')).toContain('may stand in a list of anything');
  expect(parseIam('id,kind\nsync,service')).toMatchObject([{ principal: 'sync', kind: 'service' }]);
});
