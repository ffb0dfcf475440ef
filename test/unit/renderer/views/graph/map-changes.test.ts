import { expect, test } from 'vitest';
import { UNTOUCHED } from '#renderer/charts/graph/groups.ts';
import { foldHost, hideBox, openHost } from '#renderer/views/graph/map-changes.ts';
import type { GraphNode } from '#shared/contract/graph.ts';

const host: GraphNode = { id: 'host:api.test', layer: 'operation', label: 'api.test', host: 'api.test', calls: 9, failed: 0, members: 4 };
const operation: GraphNode = { ...host, id: 'endpoint:GET api.test/a', label: 'GET /a', members: 1 };
const caller: GraphNode = { id: 'caller:bot', layer: 'caller', label: 'bot', calls: 9, failed: 0, members: 1 };

test('a host is taken apart once, and folded from any of its endpoints', () => {
  const open = { ...UNTOUCHED, ...openHost(UNTOUCHED, host) };
  expect([...open.opened]).toEqual(['api.test']);
  expect(openHost(open, host)).toBeUndefined();
  expect(foldHost(open, operation)?.opened?.size).toBe(0);
});

test('with fifty hosts open the one opened first is folded, and can be opened again', () => {
  const hosts = Array.from({ length: 51 }, (_, index): GraphNode => ({ ...host, id: `host:${String(index)}`, host: String(index) }));
  const open = hosts.reduce((view, each) => ({ ...view, ...openHost(view, each) }), UNTOUCHED);
  expect(open.opened.size).toBe(50);
  const [first] = hosts;
  expect(first === undefined ? undefined : openHost(open, first)?.opened?.has('0')).toBe(true);
});

test('what is no host is neither taken apart nor folded', () => {
  expect(openHost(UNTOUCHED, operation)).toBeUndefined();
  expect(openHost(UNTOUCHED, caller)).toBeUndefined();
  expect(foldHost(UNTOUCHED, operation)).toBeUndefined();
});

test('boxes are hidden one by one', () => {
  const first = { ...UNTOUCHED, ...hideBox(UNTOUCHED, caller) };
  expect([...(hideBox(first, host).hidden ?? [])]).toEqual(['caller:bot', 'host:api.test']);
});
