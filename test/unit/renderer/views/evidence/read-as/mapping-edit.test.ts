import { expect, test } from 'vitest';
import {
  listOthers,
  listTargets,
  pathsOf,
  TARGETS,
  toSaved,
  withPath,
  withTime,
  withUnit,
} from '#renderer/views/evidence/read-as/mapping-edit.ts';
import { MAPPED_FIELDS, type Mapping } from '#shared/model/mapping.ts';

const MAPPING: Mapping = {
  name: 'proposed',
  requires: [],
  time: { from: ['ts', 'when'], format: 'auto', kind: 'end' },
  fields: { method: ['verb'], status: ['code'] },
  requestHeaders: { maps: ['headers'] },
};

test('every field that a mapping can hold can be edited', () => {
  expect([...TARGETS].sort()).toEqual(['time', 'duration', ...MAPPED_FIELDS].sort());
});

test('another first choice keeps the alternatives, and how the time is read', () => {
  const changed = withPath(MAPPING, 'time', 'at');
  expect(changed.time).toEqual({ from: ['at', 'when'], format: 'auto', kind: 'end' });
  expect(pathsOf(withPath(MAPPING, 'time', 'when'), 'time')).toEqual(['when']);
});

test('a target is added with a default and taken out whole', () => {
  const added = withPath(withPath(MAPPING, 'duration', 'took'), 'clientIp', 'peer');
  expect(added.duration).toEqual({ from: ['took'], unit: 'ms' });
  expect(listTargets(added)).toEqual(['time', 'method', 'status', 'duration', 'clientIp']);
  expect(listTargets(withPath(added, 'method', undefined))).toEqual(['time', 'status', 'duration', 'clientIp']);
  expect(withPath(added, 'time', undefined).time).toBeUndefined();
});

test('unit and format change only what is there', () => {
  expect(withUnit(MAPPING, 's')).toBe(MAPPING);
  expect(withUnit(withPath(MAPPING, 'duration', 'took'), 's').duration?.unit).toBe('s');
  expect(withTime(MAPPING, { kind: 'start' }).time).toMatchObject({ from: ['ts', 'when'], kind: 'start' });
});

test('what stands beside single fields is named', () => {
  expect(listOthers({ ...MAPPING, timings: { upstream: { from: ['up'], unit: 'ms' } } })).toEqual(['request headers', 'time of upstream']);
});

test('a saved mapping claims only records that have its telling fields', () => {
  expect(toSaved(MAPPING, 'mine')).toMatchObject({ name: 'mine', requires: ['ts', 'verb', 'code'] });
  expect(toSaved({ ...MAPPING, requires: ['id'] }, 'mine').requires).toEqual(['id']);
});
