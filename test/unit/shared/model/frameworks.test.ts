import { expect, test } from 'vitest';
import { detectors } from '#shared/engine/detectors/index.ts';
import { ATTACK_VERSION, FRAMEWORKS } from '#shared/model/frameworks.ts';

/** The ids that each list has, by their form and, where a list is short, by its length. */
const FORMS = {
  owaspApi: /^API([1-9]|10):2023$/,
  owaspLlm: /^LLM(0[1-9]|10):2025$/,
  owaspAgentic: /^(ASI(0[1-9]|10)|MCP(0[1-9]|10)|NHI([1-9]|10))$/,
  attack: /^T1\d{3}(\.\d{3})?$/,
  atlas: /^AML\.T\d{4}(\.\d{3})?$/,
  cwe: /^CWE-[1-9]\d{0,3}$/,
} as const;

/** Ids that their lists have given up, as prefixes. ATT&CK v19 and ATLAS 2026.07 say by what they were replaced. */
const GIVEN_UP = ['T1562', 'T1070.001', 'T1070.002', 'AML.T0019', 'AML.T0058', 'AML.T0104'];

const ids = detectors.flatMap(({ id: detector, maps }) =>
  FRAMEWORKS.flatMap(([framework]) => maps[framework].map((id) => ({ detector, framework, id }))),
);

test('every id that a rule names has the form of its list', () => {
  expect(ids.length).toBeGreaterThan(300);
  expect(ids.filter(({ framework, id }) => !FORMS[framework].test(id))).toEqual([]);
});

test('no rule names an id that its list has given up', () => {
  expect(ids.filter(({ id }) => GIVEN_UP.some((gone) => id === gone || id.startsWith(`${gone}.`)))).toEqual([]);
});

test('no rule names an id twice', () => {
  const keys = ids.map(({ detector, framework, id }) => `${detector} ${framework} ${id}`);
  expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
});

test('the name of a list says of which edition ids are that do not say it themselves', () => {
  const names = Object.fromEntries(FRAMEWORKS);
  expect(names.attack).toBe(`MITRE ATT&CK v${ATTACK_VERSION}`);
  expect(names.atlas).toMatch(/ATLAS \d{4}\.\d{2}$/);
  expect(names.owaspAgentic).toMatch(/2026.*2025/);
});
