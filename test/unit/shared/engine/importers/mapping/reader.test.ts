import { expect, test } from 'vitest';
import type { Imported } from '#shared/engine/importers/importer.ts';
import { compileMapping } from '#shared/engine/importers/mapping/apply.ts';
import { readMapped } from '#shared/engine/importers/mapping/reader.ts';
import type { JsonObject } from '#shared/lib/json.ts';
import type { Mapping } from '#shared/model/mapping.ts';

const read = (fields: Mapping['fields'], value: JsonObject): Imported | undefined => {
  const at = { start: 0, length: 2 };
  return readMapped(
    compileMapping({ name: 'runs', requires: ['id'], fields }),
    { record: 1, at, text: '{}', value, outer: {}, isWhole: true },
    0,
  );
};

test('a record with a tool and neither method nor path is a call of that tool', () => {
  expect(read({ tool: ['name'] }, { id: 1, name: 'get_supplier' })).toMatchObject({
    kind: 'call',
    call: { method: 'POST', path: '/execute_tool', tool: 'tool:get_supplier' },
  });
  expect(read({ tool: ['name'] }, { id: 1, name: 'mcp:get_supplier' })).toMatchObject({ call: { tool: 'mcp:get_supplier' } });
});

test('a method or path of the log stands, and a record without any of the three is skipped with the reason', () => {
  expect(read({ tool: ['name'], method: ['verb'] }, { id: 1, name: 'x', verb: 'GET' })).toMatchObject({
    call: { method: 'GET', path: undefined },
  });
  expect(read({ tool: ['name'] }, { id: 1 })).toMatchObject({
    severity: 'skip',
    code: 'NOT_HTTP',
    message: 'neither method, path nor tool: not about a call',
  });
});
