import { beforeEach, expect, test, vi } from 'vitest';
import { takeClient, takeEvent } from '#renderer/host/session-link.ts';
import { useSelection } from '#renderer/state/selection.ts';
import { useSession } from '#renderer/state/session.ts';
import { AppError } from '#shared/contract/errors.ts';
import { answers } from '#test/support/fake-case.ts';
import { createFakeClient } from '#test/support/fake-client.ts';

let remembered: Map<string, string>;

beforeEach(() => {
  remembered = new Map();
  vi.stubGlobal('window', {
    sessionStorage: {
      getItem: (key: string) => remembered.get(key) ?? null,
      setItem: (key: string, value: string) => remembered.set(key, value),
    },
    location: { hash: '', pathname: '/' },
    history: { pushState: () => undefined, replaceState: () => undefined },
  });
  useSession.setState(useSession.getInitialState(), true);
  useSelection.setState(useSelection.getInitialState(), true);
});

test('a window takes over the case that its host has open', async () => {
  await takeClient(createFakeClient(answers));
  expect(useSession.getState()).toMatchObject({ connection: { kind: 'ready' }, openCase: { id: 'acme.spoor' }, caseKnown: true });
});

test('a case that was open already is shown; a screen that was asked for stays', async () => {
  await takeClient(createFakeClient(answers));
  expect(useSelection.getState().place.view).toBe('overview');
  useSelection.setState((state) => ({ place: { ...state.place, view: 'chains' } }));
  await takeClient(createFakeClient(answers));
  expect(useSelection.getState().place.view).toBe('chains');
});

test('after a restart of the host the tab opens its case again', async () => {
  remembered.set('spoor-case', 'billing.spoor');
  const client = createFakeClient({ ...answers, 'host.current': () => ({}) });
  await takeClient(client);
  expect(client.asked.map(({ method }) => method)).toEqual(['host.info', 'host.current', 'host.openCase']);
  expect(useSession.getState().openCase?.id).toBe('billing.spoor');
});

test('a remembered case that is gone leaves the start screen, not an error', async () => {
  remembered.set('spoor-case', 'gone.spoor');
  const gone = (): never => {
    throw new AppError('not-found', 'no case gone.spoor on this machine');
  };
  await takeClient(createFakeClient({ ...answers, 'host.current': () => ({}), 'host.openCase': gone }));
  expect(useSession.getState()).toMatchObject({ connection: { kind: 'ready' }, openCase: undefined, caseKnown: true });
});

test('an engine of another version is said, and not tried again', async () => {
  const old = (): never => {
    throw new AppError('protocol', 'this window speaks protocol 1, the engine 2');
  };
  await takeClient(createFakeClient({ ...answers, 'host.info': old }));
  expect(useSession.getState().connection).toEqual({ kind: 'lost', why: 'this window speaks protocol 1, the engine 2', retrying: false });
});

test('a change of the analyst counts apart from the revision, so that no other answer is asked anew', () => {
  const { revision, review } = useSession.getState();
  takeEvent(createFakeClient(answers))({ event: 'review', revision: 12 });
  expect(useSession.getState()).toMatchObject({ revision, review: review + 1 });
});
