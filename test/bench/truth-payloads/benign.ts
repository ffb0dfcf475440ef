import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Random } from '#test/support/large/random.ts';

import { ADJECTIVES, FIRST_NAMES, NOUNS } from '../truth-openapi/words.ts';

/** Texts of people that look a little like attacks: quotes, brackets, keywords, paths. */
const ODD_BUT_HARMLESS: readonly string[] = [
  "O'Reilly", "D'Angelo & Sons", "l'été à Paris", "Rock 'n' Roll", "it's 5 o'clock -- somewhere", 'select committee on trade union', 'union select sweater',
  'drop table lamp', 'insert coin', 'order by phone', 'where or when', 'SELECT shirts 1=1 sale', '1 or 2 persons', 'x > 5 and y < 3', 'a<b>c', 'C++ & C#', '<3 you', '100% cotton',
  'how to alert("hello") in javascript', 'what does <script> mean', 'img src attribute', 'onload event html', 'javascript: the good parts', 'document.cookie explained',
  '../images/logo.png', 'docs/../readme.md', 'C:\\Users\\anna\\report.pdf', '/etc/hosts on windows', 'file://server/share', 'passwd command manual',
  'sleep(8) hours', 'waitfor delay train', 'cat food; dog food', 'rm size ring', 'ping pong & darts', 'bread | butter', 'if (a && b) { return c; }', "const x = 'y';",
  'for (let i = 0; i < 10; i++)', 'def f(x): return x * 2', 'SELECT name FROM products WHERE id = 7', '{"name":"lamp","price":12}', '[1,2,3]', 'price:[10 TO 20]', 'title:"red lamp"',
  '{{ user.name }}', '${HOME}/bin', '%d items', 'size:40x60', 'a+b=c', 'foo@bar.test', '#hashtag', '50" TV', "6' 2\"", '(555) 010-9999', 'Tom; Dick; Harry',
]; // prettier-ignore

/** Examples of strings that descriptions give for parameters and properties: real names of products, places, people. */
export function examplesOf(folder: string, files: readonly string[], most: number): readonly string[] {
  const found = new Set<string>();
  for (const file of files) {
    const text = readFileSync(join(folder, file), 'utf8');
    for (const [, quoted = ''] of text.matchAll(/"example":("(?:[^"\\]|\\.){2,80}")/g)) {
      const value: unknown = JSON.parse(quoted);
      if (typeof value === 'string' && !/[\r\n]/.test(value)) found.add(value);
      if (found.size >= most) return [...found];
    }
  }
  return [...found];
}

/** Searches, names and code of ordinary people, from a seed. */
export function makeBenign(random: Random, count: number): readonly string[] {
  const name = (): string => {
    const plain = random.pick(FIRST_NAMES);
    return plain.charAt(0).toUpperCase() + plain.slice(1);
  };
  const forms: readonly (() => string)[] = [
    () => `${random.pick(ADJECTIVES)} ${random.pick(NOUNS)}`,
    () => `${random.pick(NOUNS)} and ${random.pick(NOUNS)} under ${String(random.int(10, 90))} euro`,
    () => `${name()} ${random.chance(0.4) ? `O'${name()}` : name()}`,
    () => `${random.pick(NOUNS)}.${random.pick(NOUNS)}(${String(random.int(1, 9))});`,
    () => `${random.pick(NOUNS)} (${random.pick(ADJECTIVES)}) – ${String(random.int(2, 60))} cm`,
    () => `where to buy ${random.pick(NOUNS)}s or ${random.pick(NOUNS)}s?`,
  ];
  return [...new Set([...ODD_BUT_HARMLESS, ...Array.from({ length: count }, () => random.pick(forms)())])];
}
