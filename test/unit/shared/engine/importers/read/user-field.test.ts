import { expect, test } from 'vitest';
import { readOwnFields } from '#shared/engine/importers/read/user-field.ts';

const NOBODY = { consumer: undefined };

test('owners’ names for who is logged in and for the session are known by how they end', () => {
  expect(readOwnFields({ portal_user: 'ann', portal_sid: 'a1b2c3d4e5' }, NOBODY)).toEqual({ consumer: 'ann', sessionId: 'a1b2c3d4e5' });
  expect(readOwnFields({ jwt_user_id: 'u-7', sessionId: 'a1b2c3d4e5' }, NOBODY)).toEqual({ consumer: 'u-7', sessionId: 'a1b2c3d4e5' });
  expect(readOwnFields({ sid_hash: 'a1b2c3d4e5' }, NOBODY).sessionId).toBe('a1b2c3d4e5');
});

test('a User-Agent is no user, a number no session, and a session of TLS is a connection’s', () => {
  const record = {
    request_user_agent: 'curl/8',
    session_id: '12345678',
    ssl_session_id: 'a1b2c3d4e5',
    tls_session: 'a1b2c3d4e5',
    sid: 12345678,
  };
  expect(readOwnFields(record, NOBODY)).toEqual({ consumer: undefined, sessionId: undefined });
});

test('whom the format itself names goes before', () => {
  expect(readOwnFields({ portal_user: 'ann' }, { consumer: 'partner-7' }).consumer).toBe('partner-7');
});
