import { expect, test } from 'vitest';
import { detect } from '#test/support/detect.ts';

const HANDLE = 'c2Vzc2lvbi1oYW5kbGUtOTg3NjU0MzIx';
const mint = `00:00 agent:alpha POST api.acme.test/v1/uploads 201 => $.uploadId=${HANDLE}`;
const use = (who: string, status = 200): string => `10:00 ${who} PUT api.acme.test/v1/parts ${String(status)} <= $.uploadId=${HANDLE}`;

test('a handle that one principal was given and another used is found', async () => {
  const { findings } = await detect(['state-handle-hijack'], `${mint}\n${use('agent:beta')}`);
  expect(findings).toMatchObject([{ severity: 'high', title: 'beta used 1 handle that alpha was given ($.uploadId), with success', calls: ['kong#1', 'kong#2'] }]);
}); // prettier-ignore

test('its owner’s own use, a refused one, and a handle that both were given are none', async () => {
  const findingsOf = async (text: string): Promise<readonly unknown[]> => (await detect(['state-handle-hijack'], text)).findings;
  expect(await findingsOf(`${mint}\n${use('agent:alpha')}`)).toEqual([]);
  expect(await findingsOf(`${mint}\n${use('agent:beta', 403)}`)).toEqual([]);
  expect(await findingsOf(`${mint}\n${mint.replace('00:00 agent:alpha', '01:00 agent:beta')}\n${use('agent:beta')}`)).toEqual([]);
  expect(await findingsOf(`${mint.replace('uploadId', 'title')}\n${use('agent:beta')}`)).toEqual([]);
});

test('a service that carries the handle on for its owner is none', async () => {
  const hop = `10:00.0 agent:alpha PUT api.acme.test/v1/parts 200 trace=t1 span=a dur=900\n10:00.1 service:store PUT store.acme.test/v1/parts 200 trace=t1 span=b parent=a dur=100 <= $.uploadId=${HANDLE}`;
  expect((await detect(['state-handle-hijack'], `${mint}\n${hop}`)).findings).toEqual([]);
});

test('without answers nobody knows who was given what', async () => {
  expect((await detect(['state-handle-hijack'], use('agent:beta'))).notEvaluable).toHaveLength(1);
});
