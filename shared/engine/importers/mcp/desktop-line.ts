import { isJsonObject } from '../../../lib/json.ts';
import type { JsonObject } from '../../../lib/json.ts';
import { readMessage, type RpcAnswer, type RpcRequest, type Side } from './messages.ts';

/** One line of a log of Claude Desktop. */
export interface DesktopLine {
  readonly time: string;
  /** Files of one server do not always name it. */
  readonly server: string | undefined;
  readonly level: string;
  readonly text: string;
}

/** What a line says was sent. */
export interface DesktopMessage {
  readonly sender: Side;
  readonly message: RpcRequest | RpcAnswer;
  readonly text: string;
  /** Set where the log cut the message's middle out. */
  readonly note: string | undefined;
}

/** `2026-05-09T15:57:42.410Z [terminal] [info] …`; the server's name may hold blanks, early versions left it out. */
const LINE =
  /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z) (?:\[([^\]]{1,200})\] )?\[(info|error|warn|warning|debug|verbose|silly)\] (.*)$/s;
const MESSAGE = /^Message from (client|server): /;
const CUT = /\.\.\.\[\d+ chars truncated\]\.\.\./;
const TAIL = /\s\{ metadata: (?:undefined|\{[^{}]*\}) \}\s*$/;
/** A method stands first or last in the messages of the SDKs; longer ones are cut in the middle. Units: characters. */
const ENDS = 2000;

/** Takes a line apart; `undefined` for what a server wrote to its error stream. */
export function readDesktopLine(line: string): DesktopLine | undefined {
  const match = LINE.exec(line);
  if (match === null) return undefined;
  const [, time = '', server, level = '', text = ''] = match;
  return { time, server, level, text };
}

/** The message that a line reports; `unreadable` when there is one that cannot be read, `undefined` when there is none. */
export function readDesktopMessage(text: string): DesktopMessage | 'unreadable' | undefined {
  const match = MESSAGE.exec(text);
  if (match === null) return undefined;
  const sender: Side = match[1] === 'server' ? 'server' : 'client';
  // What follows the JSON is no JSON: ` { metadata: undefined }`, as Node prints an object.
  const json = text.slice(match[0].length).replace(TAIL, '').trimEnd();
  const cut = CUT.exec(json)?.[0];
  const note = cut === undefined ? undefined : `the log cut it: ${cut}`;
  const value = parseObject(json);
  // A cut inside of a string leaves JSON that reads, without what stood there.
  const message = value === undefined ? (cut === undefined ? undefined : guessMessage(json)) : readMessage(value);
  return message === undefined ? 'unreadable' : { sender, message, text: json, note };
}

/** Method, tool and id of a message whose middle is missing, from its two ends. */
function guessMessage(json: string): RpcRequest | RpcAnswer | undefined {
  const head = json.slice(0, ENDS);
  const tail = json.slice(-ENDS);
  const id =
    /^\{(?:"jsonrpc":"2\.0",)?"id":(\d+|"[^"\\]{0,200}")[,}]/.exec(head)?.[1] ??
    /"id":(\d+|"[^"\\]{0,200}")(?:,"jsonrpc":"2\.0")?\}$/.exec(tail)?.[1];
  const method =
    /^\{(?:"jsonrpc":"2\.0",)?(?:"id":(?:\d+|"[^"\\]*"),)?"method":"([\w/]{1,100})"/.exec(head)?.[1] ??
    /"method":"([\w/]{1,100})"(?:,"jsonrpc":"2\.0")?(?:,"id":(?:\d+|"[^"\\]*"))?\}$/.exec(tail)?.[1];
  if (method !== undefined) {
    const name = /"params":\{"name":"([^"\\]{1,200})"/.exec(head)?.[1];
    return { id, method, params: name === undefined ? {} : { name } };
  }
  if (id === undefined) return undefined;
  if (/^\{(?:"jsonrpc":"2\.0",)?(?:"id":(?:\d+|"[^"\\]*"),)?"error":\{/.test(head)) {
    const code = /"error":\{"code":(-?\d+)/.exec(head)?.[1];
    return { id, result: undefined, error: code === undefined ? {} : { code: Number(code) } };
  }
  return { id, result: tail.includes('"isError":true}') ? { isError: true } : {}, error: undefined };
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined; // cut, or not JSON at all
    throw error;
  }
}
