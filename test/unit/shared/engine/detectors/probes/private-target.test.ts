import { expect, test } from 'vitest';
import { privateTarget } from '#shared/engine/detectors/probes/private-target.ts';

test.each([
  ['http://169.254.169.254/latest', 'metadata service'],
  ['http://2852039166/latest', 'metadata service'],
  ['http://0xA9FEA9FE/', 'metadata service'],
  ['http://metadata.google.internal/', 'metadata service'],
  ['http://[::ffff:a9fe:a9fe]/', 'metadata service'],
  ['http://localhost:8080/', 'loopback'],
  ['http://0177.0.0.1/', 'loopback'],
  ['//127.0.0.1/x', 'loopback'],
  ['http://good.example@10.1.2.3/', 'private address'],
  ['http://payments.default.svc/', 'inner name'],
  ['http://10.0.0.1.nip.io/', 'rebinding name'],
  ['file:///etc/passwd', 'local scheme'],
  ['https://go.example.com/r?to=http%3A%2F%2F169.254.169.254%2F', 'metadata service'],
])('%s is a %s', (url, kind) => {
  expect(privateTarget(url)?.kind).toBe(kind);
});

test.each([
  'https://example.com/',
  'https://8.8.8.8/',
  'not a url',
  '/relative/path',
  'http://',
  'https://example.com/?to=https%3A%2F%2Fexample.org',
])('%s is none', (url) => {
  expect(privateTarget(url)).toBeUndefined();
});
