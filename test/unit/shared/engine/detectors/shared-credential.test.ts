import { expect, test } from 'vitest';
import { detect } from '#test/support/detect.ts';

const calls = (count: number, ua: string, from = 0, rest = 'cred=key-1'): string =>
  Array.from(
    { length: count },
    (_, at) => `${String(from + at).padStart(2, '0')}:00 service:sync GET api.acme.test/v1/a 200 ua=${ua} ${rest}`,
  ).join('\n');

test('two programs with ten calls each on one day share the credential', async () => {
  const { findings } = await detect(['shared-credential'], `${calls(10, 'python-requests/2.32')}\n${calls(10, 'claude-cli/2.1', 20)}`);
  expect(findings).toMatchObject([
    { severity: 'medium', title: 'key-1 of sync is used by 2 programs on one day: claude-cli and python-requests', observed: { programs: ['claude-cli', 'python-requests'] } },
  ]);
  // The tenth call of the second program, not the first of the first.
  expect(findings[0]?.detectedAt).toBe('2026-10-01T00:29:00.000000Z');
}); // prettier-ignore

test('an upgrade, a try from a console and a second browser are none', async () => {
  const near = [calls(10, 'axios/1.6'), calls(10, 'axios/1.7', 20), calls(3, 'curl/8', 40)].join('\n');
  expect((await detect(['shared-credential'], near)).findings).toEqual([]);
  const browsers = `${calls(10, 'Mozilla/5.0(X11)Firefox/140')}\n${calls(10, 'Mozilla/5.0(X11)Chrome/141', 20)}`;
  expect((await detect(['shared-credential'], browsers)).findings).toEqual([]);
});

test('without credentials, or without programs, nothing can be said', async () => {
  expect((await detect(['shared-credential'], calls(10, 'axios/1.6', 0, ''))).notEvaluable).toMatchObject([
    { reason: 'no call shows a credential' },
  ]);
  const noProgram = '00:00 service:sync GET api.acme.test/v1/a 200 cred=key-1';
  expect((await detect(['shared-credential'], noProgram)).notEvaluable).toHaveLength(1);
});
