import { scanJson, type JsonLeaf } from '../../intake/json-leaves.ts';
import type { StoredDetail } from '../../intake/masking/masked-call.ts';
import { byPointer, type Definition, type Leaf } from './read-list.ts';

/** Scalars of one request that are looked at for tools. */
const MAX_LEAVES = 50_000;
/**
 * Where a request to a model lists its tools, as `$`, list, index, wrapper, rest. Source: the APIs of OpenAI (chat `tools[].function`, responses
 * `tools[]`, the older `functions[]`), Anthropic (`tools[]`), Amazon Bedrock (`toolConfig.tools[].toolSpec`) and Google
 * (`tools[].functionDeclarations[]`); LangSmith and LiteLLM keep such requests.
 */
const IN_REQUEST =
  /^\$(?:\.(?:body|request|kwargs|invocation_params|optional_params))?\.((?:toolConfig\.)?(?:tools|functions)\[\d+\](?:\.(?:functionDeclarations|function_declarations)\[\d+\])?)(?:\.(?:function|toolSpec))?\.(.+)$/;
/** A list of tools that stands alone: `gen_ai.tool.definitions` of OpenTelemetry, `llm.tools` of OpenInference. */
const IN_LIST = /^\$(\[\d+\])(?:\.(?:function|tool|json_schema|toolSpec))*\.(.+)$/;
/** The same, written as JSON into one text each. */
const PACKED = /^\$(\[\d+\])(?:\.tool\.json_schema|\["tool\.json_schema"\]|\.json_schema)$/;
/** One tool of a list in attributes of its own: `llm.tools.0.tool.json_schema` (OpenInference), `llm.request.functions.0.name` (Traceloop). */
const FLAT =
  /^(llm\.tools|llm\.request\.functions|gen_ai\.request\.tools)\.(\d+)\.(?:tool\.json_schema|(name|description|parameters|input_schema))$/;
/** Attributes that hold the whole list, and those that hold a request's parameters. */
const LISTS = new Set(['gen_ai.tool.definitions', 'llm.tools', 'gen_ai.request.tools']);
const PARAMETERS = new Set(['model-parameters', 'llm.invocation_parameters', 'gen_ai.request.parameters']);
/** What the members of a definition are called in the Model Context Protocol, whoever wrote it; others say nothing of the tool. */
const SCHEMA = /^(?:inputSchema\.json|inputSchema|input_schema|parameters|parametersJsonSchema)(?=[.[])/;
const KEPT = /^(?:name|title|description|inputSchema\..+|outputSchema\..+|annotations\..+)$/;

type Entries = Map<string, Leaf[]>;

function put(entries: Entries, entry: string, member: string, text: string): void {
  const pointer = member.replace(SCHEMA, 'inputSchema').replaceAll(/\[\d+\]/g, '[*]');
  if (!KEPT.test(pointer)) return;
  const leaves = entries.get(entry);
  if (leaves === undefined) entries.set(entry, [{ pointer, text }]);
  else leaves.push({ pointer, text });
}

function scan(text: string, place: RegExp, entries: Entries): void {
  let seen = 0;
  let last: string | undefined;
  const look = ({ pointer, text: leaf }: JsonLeaf): boolean => {
    const [, entry, member] = place.exec(pointer) ?? [];
    const packed = place === IN_LIST ? PACKED.exec(pointer)?.[1] : undefined;
    last = packed ?? entry ?? last;
    if (packed !== undefined) putFlat(entries, packed, undefined, leaf);
    else if (entry !== undefined && member !== undefined) put(entries, entry, member, leaf);
    seen += 1;
    return seen < MAX_LEAVES;
  };
  // Of a text that ends early the last tool may lack a part, which would look like a change.
  if (scanJson(text, look) >= 0 && last !== undefined) entries.delete(last);
}

/** A member whose text may be JSON itself: attributes hold no objects. */
function putFlat(entries: Entries, entry: string, member: string | undefined, text: string): void {
  if (member === 'name' || member === 'description') put(entries, entry, member, text);
  else
    scanJson(text, ({ pointer, text: leaf }) => {
      const below = pointer.replace(/^\$\.?(?:function\.)?/, '');
      put(entries, entry, member === undefined ? below : `${member}.${below}`, leaf);
      return true;
    });
}

function toDefinitions(entries: Entries): readonly Definition[] {
  return [...entries.values()].flatMap((leaves): readonly Definition[] => {
    const name = leaves.find(({ pointer }) => pointer === 'name')?.text ?? '';
    return name === '' ? [] : [{ kind: 'tool', name, leaves: leaves.toSorted(byPointer) }];
  });
}

/** What of a request to a model may list tools: the texts that decide what `readToldTools` gives, most of them alike from turn to turn. */
export interface ToldText {
  readonly where: 'request' | 'list' | 'flat';
  readonly name: string;
  readonly text: string;
}

const hasTools = (text: string): boolean => text.includes('"tools"') || text.includes('"functions"');

/** Picks those texts out of what is kept of a call; empty where the model was told of no tools. */
export function toldTexts({ extras, requestBody }: Pick<StoredDetail, 'extras' | 'requestBody'>): readonly ToldText[] {
  const texts = (extras ?? []).flatMap(([name, text]): readonly ToldText[] => {
    if (LISTS.has(name)) return [{ where: 'list', name, text }];
    if (PARAMETERS.has(name)) return hasTools(text) ? [{ where: 'request', name, text }] : [];
    return FLAT.test(name) ? [{ where: 'flat', name, text }] : [];
  });
  const body = requestBody?.text;
  return body === undefined || !hasTools(body) ? texts : [...texts, { where: 'request', name: 'body', text: body }];
}

/**
 * Reads the tools that a model was told of with a request, in the names of the Model Context Protocol, whatever the interface calls them.
 * Example: `[{"type":"function","function":{"name":"rate","parameters":{…}}}]` gives a tool `rate` with leaves below `inputSchema`.
 */
export function readToldTools(texts: readonly ToldText[]): readonly Definition[] {
  const entries: Entries = new Map();
  for (const { where, name, text } of texts) {
    if (where === 'request') scan(text, IN_REQUEST, entries);
    else if (where === 'list') scan(text, IN_LIST, entries);
    else {
      const [, list = '', index = '', member] = FLAT.exec(name) ?? [];
      putFlat(entries, `${list} ${index}`, member, text);
    }
  }
  // A request that is kept twice, as body and as parameters, tells of each tool once.
  return [...new Map(toDefinitions(entries).map((definition) => [definition.name, definition])).values()];
}
