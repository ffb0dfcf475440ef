import { expect, test } from 'vitest';
import { detect, type Detected } from '#test/support/detect.ts';

/** Calls of tools on a host; `register` names the hosts that descriptions speak for. */
const run = (host: string, tools: readonly string[], register: readonly string[], cred = ''): Promise<Detected> =>
  detect(
    ['shadow-mcp-server'],
    [...tools.map((_, at) => `00:0${String(at)} agent:bot POST ${host}/mcp 200 ${cred}`), '09:00 service:x GET api.acme.test/v1/a 200 cred=key-9'].join('\n'),
    register.length === 0 ? {} : { servers: register },
    ({ db }) => {
      for (const [at, tool] of tools.entries()) {
        db.prepare('INSERT OR IGNORE INTO term (value) VALUES (?)').run(`mcp:${tool}`);
        db.prepare('UPDATE call SET tool_id = (SELECT id FROM term WHERE value = ?) WHERE record = ?').run(`mcp:${tool}`, at + 1);
      }
    },
  ); // prettier-ignore

test('an MCP server that no description names is found, worse when open tools do more than read', async () => {
  const register = ['https://api.acme.test/v1'];
  expect((await run('tools.acme.test', ['search_docs'], register)).findings).toMatchObject([
    { severity: 'medium', family: 'posture', observed: { tools: ['search_docs'], withoutCredential: 1 } },
  ]);
  expect((await run('tools.acme.test', ['delete_order'], register)).findings).toMatchObject([{ severity: 'high' }]);
  expect((await run('tools.acme.test', ['delete_order'], register, 'cred=key-1')).findings).toMatchObject([{ severity: 'medium' }]);
});

test('a registered server and a developer’s own are none', async () => {
  expect((await run('tools.acme.test', ['search_docs'], ['https://tools.acme.test/'])).findings).toEqual([]);
  expect((await run('localhost', ['search_docs'], ['https://api.acme.test/'])).findings).toEqual([]);
});

test('without MCP, or without a register, nothing can be said', async () => {
  expect((await run('tools.acme.test', [], ['https://api.acme.test/'])).notEvaluable).toHaveLength(1);
  expect((await run('tools.acme.test', ['search_docs'], [])).notEvaluable).toHaveLength(1);
});
