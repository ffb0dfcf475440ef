import { expect, test } from 'vitest';
import { profiledPrinting } from '#shared/engine/report/profile/profiled-printing.ts';
import { createPseudonymiser, internalProfile } from '#shared/engine/report/profile/pseudonymiser.ts';
import type { Printing } from '#shared/engine/report/printing.ts';

const printing: Printing = {
  profile: 'redacted',
  settings: { audience: 'the board of northmarket', omitted: ['scope'] },
  signOff: { name: 'Ada Analyst', role: 'IR of northmarket', time: '2026-07-15T00:00:00Z', reportSha256: '', chainHead: '' },
  log: [{ entry: 1, at: '2026-07-15T00:00:00Z', text: 'saved the view “work of northmarket”' }],
};

test('what the analyst wrote for the cover, the signature and in the log names nobody whom the profile hides', () => {
  const hide = createPseudonymiser('redacted', [{ kind: 'service', name: 'northmarket', aliases: [] }], []);
  const shown = profiledPrinting(printing, hide);
  expect(JSON.stringify(shown)).not.toContain('northmarket');
  expect(shown.signOff).toMatchObject({ name: 'Ada Analyst', role: 'IR of service-01' });
  expect(shown.settings).toEqual({ audience: 'the board of service-01', omitted: ['scope'] });
  expect(profiledPrinting(printing, internalProfile)).toBe(printing);
});
