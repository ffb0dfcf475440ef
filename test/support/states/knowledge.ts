import type { Page } from '@playwright/test';
import type { WireRule } from '../wire-tap.ts';
import type { ScreenState } from './state.ts';

async function openKnowledge(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Knowledge/ }).click();
  await page.getByRole('dialog').waitFor();
}

const state = (name: string, rules: readonly WireRule[] = [], more: Partial<ScreenState> = {}): ScreenState => ({
  name: `evidence-knowledge${name}`,
  setting: 'sample',
  place: '#/evidence',
  arrange: openKnowledge,
  rules,
  ...more,
});

const LIST = /^knowledge\.list$/;
const ROWS = [
  {
    kind: 'iam',
    name: 'people-and-programs.csv',
    says: '214 principals, 190 with an owner, 3 disabled',
    sha256: '9f2c41d07a5be6c3f8120b44d6e19a7750c3e2fa81b96d4405e7ac3318bb2f60',
    added: '2026-10-01T08:30:00.000Z',
  },
  {
    kind: 'jwks',
    name: `${'keys-of-an-issuer-with-a-very-long-name-'.repeat(4)}.json`,
    says: '2 keys of https://id.acme-outfitters.test',
    sha256: '',
    added: '',
  },
];

/** The dialog of what the case was told beside its evidence: as it comes, full, loading, failed and read-only. */
export const KNOWLEDGE_STATES: readonly ScreenState[] = [
  state(''),
  state('-rows', [{ methods: LIST, what: { kind: 'answer', result: ROWS } }]),
  state('-loading', [{ methods: LIST, what: { kind: 'hold' } }], { busy: true }),
  state('-failed', [{ methods: LIST, what: { kind: 'fail', code: 'crashed', message: 'the query process ended while it answered' } }]),
  state('-read-only', [
    { methods: LIST, what: { kind: 'answer', result: ROWS } },
    { methods: /^host\.(current|openCase)$/, what: { kind: 'change', keys: { readOnly: 'in-use' } } },
  ]),
];
