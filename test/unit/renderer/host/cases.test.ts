import { beforeEach, expect, test, vi } from 'vitest';
import { closeCase, openCase } from '#renderer/host/cases.ts';
import { linkSession } from '#renderer/host/session-link.ts';
import { addPicked, usePicked } from '#renderer/state/picked.ts';
import { showReviewDialog, useReviewDialog } from '#renderer/state/review-dialog.ts';
import { useSelection } from '#renderer/state/selection.ts';
import { useSession } from '#renderer/state/session.ts';
import { createFakeClient } from '#test/support/fake-client.ts';

vi.mock('#renderer/host/connect.ts', () => ({ stayConnected: () => undefined }));

const opened = { id: 'billing.spoor', title: 'Billing', file: 'billing.spoor', bytes: 1, modified: '2026-10-01T00:00:00.000Z' };

beforeEach(() => {
  vi.stubGlobal('window', {
    sessionStorage: { setItem: () => undefined, removeItem: () => undefined },
    location: { hash: '' },
    history: { pushState: () => undefined },
  });
  useSession.setState({ client: createFakeClient({ 'host.openCase': () => opened, 'host.closeCase': () => ({ closed: true }) }) });
});

test.each([
  ['opened', () => openCase('billing.spoor'), 'overview'],
  ['closed', () => closeCase(), 'start'],
])('nothing that a link holds of the last case stays when a case is %s', async (_what, act, view) => {
  useSelection.setState({
    place: { view: 'calls', query: 'a', off: 'b', sort: '-status', call: 'x#1', with: 'x#2', chain: 'c', finding: 'f', source: 's' },
  });
  await act();
  expect(Object.fromEntries(Object.entries(useSelection.getState().place).filter(([, value]) => value !== undefined))).toEqual({
    view,
    query: '',
  });
});

test('calls that were picked in one case are not picked in the next, and no dialog about them stays open', async () => {
  linkSession();
  addPicked(['x#1']);
  showReviewDialog({ kind: 'note', ref: 'x#1' });
  await openCase('billing.spoor');
  await closeCase();
  expect(usePicked.getState().refs).toEqual([]);
  expect(useReviewDialog.getState().open).toBeUndefined();
});
