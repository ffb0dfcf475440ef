import { expect, test } from 'vitest';
import { detect, type Detected } from '#test/support/detect.ts';

const CHROME = 'Mozilla/5.0(X11)Chrome/141.0';
const lines = (count: number, ua: string, method = 'GET', from = 0): string =>
  Array.from(
    { length: count },
    (_, at) => `${String(from + at).padStart(2, '0')}:00 human:ann ${method} api.acme.test/v1/a 200 ua=${ua} cred=jwt-1`,
  ).join('\n');
const run = (text: string, claims: object): Promise<Detected> => detect(['human-token-agent-use'], text, { tokens: { 'jwt-1': { claims } } }); // prettier-ignore

test('an agent with the token of a person who logged in is found, worse when it writes', async () => {
  const claims = { iss: 'https://id.acme.test', sub: 'ann', amr: ['pwd', 'otp'] };
  expect((await run(`${lines(5, CHROME)}\n${lines(5, 'claude-cli/2.1', 'GET', 20)}`, claims)).findings).toMatchObject([
    { severity: 'medium', observed: { agentCalls: 5, writes: 0, agentSigns: ['claude-cli'] } },
  ]);
  expect((await run(`${lines(5, CHROME)}\n${lines(5, 'claude-cli/2.1', 'POST', 20)}`, claims)).findings).toMatchObject([
    { severity: 'high' },
  ]);
});

test('a browser’s history makes a token a person’s, too', async () => {
  expect((await run(`${lines(12, CHROME)}\n${lines(5, 'claude-cli/2.1', 'GET', 20)}`, { sub: 'ann' })).findings).toHaveLength(1);
});

test('an agent that the token names as actor, a client’s own token and a try are none', async () => {
  const agent = lines(5, 'claude-cli/2.1');
  expect((await run(agent, { sub: 'ann', amr: ['pwd'], act: { sub: 'desk-agent' } })).findings).toEqual([]);
  expect((await run(agent, { sub: 'bot', gty: 'client-credentials' })).findings).toEqual([]);
  expect((await run(lines(2, 'claude-cli/2.1'), { sub: 'ann', amr: ['pwd'] })).findings).toEqual([]);
});

test('without tokens or sessions nothing can be said', async () => {
  expect((await detect(['human-token-agent-use'], '00:00 human:ann GET api.acme.test/a 200')).notEvaluable).toHaveLength(1);
});

/** Two dozen people with sessions of their own, and one that an agent alone is seen with; `agents` others do so every day. */
const office = (agents: number): Promise<Detected> => {
  const people = Array.from({ length: 24 }, (_, at) => `${String(at).padStart(2, '0')}:00 human:p${String(at)} GET api.acme.test/v1/a 200 ua=${CHROME} cred=session-${String(at)}`);
  const programs = Array.from({ length: agents + 1 }, (_, who) =>
    Array.from({ length: 4 }, (_, at) => `${String(30 + who)}:0${String(at)} human:q GET api.acme.test/v1/a 200 ua=claude-cli/2.1 cred=session-${String(100 + who)}`),
  ).flat();
  return detect(['human-token-agent-use'], [...people, ...programs].join('\n'), {}, ({ db }) => {
    db.exec("UPDATE credential SET kind = 'session'");
  });
}; // prettier-ignore

test('where all other sessions are persons’, an agent with one of its own has a person’s', async () => {
  expect((await office(0)).findings).toMatchObject([{ severity: 'medium', observed: { agentCalls: 4 } }]);
});

test('where agents have sessions as well, one more is none', async () => {
  expect((await office(4)).findings).toEqual([]);
});
