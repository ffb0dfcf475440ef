import { expect, test } from 'vitest';
import { createSessions } from '#electron/node/serve/sessions.ts';

const create = (): { sessions: ReturnType<typeof createSessions>; used: () => number } => {
  let used = 0;
  const sessions = createSessions(() => {
    used += 1;
  });
  return { sessions, used: () => used };
};

test('a link lets one page in and is spent; the next link is another', () => {
  const { sessions, used } = create();
  const link = sessions.linkToken();
  expect(link).toMatch(/^[0-9a-f]{64}$/);
  const session = sessions.admit(link);
  expect(session).toMatch(/^[0-9a-f]{64}$/);
  expect(session).not.toBe(link);
  expect(sessions.admit(link)).toBeUndefined();
  expect(sessions.linkToken()).not.toBe(link);
  expect(used()).toBe(1);
});

test('a session is let in again and again, and only a session is one', () => {
  const { sessions } = create();
  const link = sessions.linkToken();
  const session = sessions.admit(link) ?? '';
  expect(sessions.admit(session)).toBe(session);
  expect(sessions.isSession(session)).toBe(true);
  for (const other of ['', link, sessions.linkToken(), session.slice(1), `${session}0`, session.toUpperCase()])
    expect(sessions.isSession(other)).toBe(false);
});

test('more pages than the limit push the oldest out', () => {
  const { sessions } = create();
  const first = sessions.admit(sessions.linkToken()) ?? '';
  for (let page = 0; page < 256; page++) sessions.admit(sessions.linkToken());
  expect(sessions.isSession(first)).toBe(false);
});
