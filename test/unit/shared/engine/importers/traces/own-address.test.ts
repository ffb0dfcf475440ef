import { expect, test } from 'vitest';
import { toOwnAddress } from '#shared/engine/importers/traces/own-address.ts';
import type { Json } from '#shared/lib/json.ts';

const own = (entries: Readonly<Record<string, Json>>): string | undefined => toOwnAddress(new Map(Object.entries(entries)));

test('the address of a pod or host is taken, loopback left out', () => {
  expect(own({ 'k8s.pod.ip': '10.1.2.3' })).toBe('10.1.2.3');
  expect(own({ 'host.ip': ['127.0.0.1', '2001:db8::7'] })).toBe('2001:db8::7');
  expect(own({ 'service.instance.id': '10.20.2.21:8080' })).toBe('10.20.2.21:8080');
});

test('an instance id that is no address, two addresses, and no resource say nothing', () => {
  expect(own({ 'service.instance.id': '627cc493-f310-47de-96bd-71410b7dec09' })).toBeUndefined();
  expect(own({ 'host.ip': ['10.0.0.1', '10.0.1.1'] })).toBeUndefined();
  expect(toOwnAddress(undefined)).toBeUndefined();
});
