import { expect, test } from 'vitest';
import { readToldTools, toldTexts } from '#shared/engine/detectors/mcp/told-tools.ts';

const SCHEMA = { type: 'object', properties: { lane: { type: 'string' } } };
const READ = [
  { pointer: 'description', text: 'Gives rates.' },
  { pointer: 'inputSchema.properties.lane.type', text: 'string' },
  { pointer: 'inputSchema.type', text: 'object' },
  { pointer: 'name', text: 'rate' },
];
const tool = { name: 'rate', description: 'Gives rates.' };
const body = (value: unknown) => ({ requestBody: { text: JSON.stringify(value), mime: undefined, bytes: undefined, note: undefined } });
const extras = (...pairs: readonly (readonly [string, unknown])[]) => ({
  extras: pairs.map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)] as const),
});

test.each([
  ['OpenAI, chat', body({ tools: [{ type: 'function', function: { ...tool, parameters: SCHEMA } }] })],
  ['OpenAI, responses', body({ input: 'x', tools: [{ type: 'function', ...tool, parameters: SCHEMA, strict: true }] })],
  ['OpenAI, functions', body({ functions: [{ ...tool, parameters: SCHEMA }] })],
  ['Anthropic', body({ tools: [{ ...tool, input_schema: SCHEMA, cache_control: { type: 'ephemeral' } }] })],
  ['Amazon Bedrock', body({ toolConfig: { tools: [{ toolSpec: { ...tool, inputSchema: { json: SCHEMA } } }] } })],
  ['Google', body({ tools: [{ functionDeclarations: [{ ...tool, parameters: SCHEMA }] }] })],
  ['OpenTelemetry', extras(['gen_ai.tool.definitions', [{ type: 'function', ...tool, parameters: SCHEMA }]])],
  ['OpenInference', extras(['llm.tools.0.tool.json_schema', { type: 'function', function: { ...tool, parameters: SCHEMA } }])],
  ['OpenInference, one list', extras(['llm.tools', [{ 'tool.json_schema': JSON.stringify({ ...tool, input_schema: SCHEMA }) }]])],
  ['Traceloop', extras(['llm.request.functions.0.name', 'rate'], ['llm.request.functions.0.description', 'Gives rates.'], ['llm.request.functions.0.parameters', SCHEMA])],
  ['LangSmith', extras(['model-parameters', { model: 'm', tools: [{ type: 'function', function: { ...tool, parameters: SCHEMA } }] }])],
])('the tools of a request of %s are read in the same words', (_, detail) => {
  expect(readToldTools(toldTexts(detail))).toEqual([{ kind: 'tool', name: 'rate', leaves: READ }]);
}); // prettier-ignore

test('what a person wrote about tools is no list of them', () => {
  expect(readToldTools(toldTexts(body({ messages: [{ role: 'user', content: { tools: [tool] } }] })))).toEqual([]);
  expect(readToldTools(toldTexts(body({ tools: 'none', functions: 3 })))).toEqual([]);
  expect(toldTexts({})).toEqual([]);
});

test('a request that was cut in the middle tells of the tools before the cut, and not of half a tool', () => {
  const text = JSON.stringify({
    tools: [
      { ...tool, parameters: SCHEMA },
      { name: 'next', description: 'Goes on.' },
    ],
  }).slice(0, -12);
  expect(readToldTools(toldTexts({ requestBody: { text, mime: undefined, bytes: undefined, note: undefined } }))).toEqual([
    { kind: 'tool', name: 'rate', leaves: READ },
  ]);
});
