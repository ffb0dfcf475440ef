import { expect, test } from 'vitest';
import { findTemplate } from '#renderer/state/template-editor.ts';

test('the id of an endpoint has a host and a template', () => {
  expect(findTemplate('GET api.test/users/{id}')).toEqual({ host: 'api.test', template: '/users/{id}' });
  expect(findTemplate('GET /users/a b')).toEqual({ host: '', template: '/users/a b' });
  expect(findTemplate(undefined)).toBeUndefined();
});
