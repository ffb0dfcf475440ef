import type { NameHint } from './secret-names.ts';

/** A secret that a command line gives away. Units: UTF-16 code units. */
export interface CommandSecret {
  readonly start: number;
  readonly value: string;
  readonly isPassword: boolean;
}

/** A value without quotes around it, in JSON too. */
const VALUE = String.raw`([^\s"'‹›\\|;&<>()]{4,1000})`;
/** A value whose place proves it: in quotes it ends with them, whatever stands in it. `before`: what stands in front of it within them. */
const placed = (before = ''): string =>
  String.raw`(?:(?<nest>\\{0,3})(?<quote>["'])${before}(?<quoted>(?:(?!\k<nest>\k<quote>)[^\n‹›]){4,1000})\k<nest>\k<quote>|${before}(?<bare>[^\s"'‹›\\|;&<>()]{4,1000}))`;
/** Between a program and its option; a command ends at a pipe, a semicolon or the end of its line, unless they stand in quotes or behind a backslash. */
const OPTIONS = String.raw`(?:"[^"\n]{0,400}"|'[^'\n]{0,400}'|\\\r?\n|[^\n|;&"']){0,300}?\s`;
const command = (programs: string, option: string, before?: string): RegExp =>
  new RegExp(String.raw`\b(?:${programs})\b${OPTIONS}${option}${placed(before)}`, 'dg');

/**
 * Options of one letter and other places that hold a password in a program of their own; `-p` and `-u` mean anything elsewhere.
 * Source: manuals of curl 8, MySQL 8.4 and MariaDB 11 clients, sshpass 1.10, docker and podman login, redis-cli 7, ldap-utils 2.6.
 */
const IN_COMMANDS: readonly RegExp[] = [
  command('curl', '(?:-[A-Za-z]{0,6}u|--user|-U|--proxy-user)[ =]?', String.raw`[^\s"':]{0,100}:`),
  command('mysql|mysqldump|mysqladmin|mariadb|mariadb-dump', '-p'),
  command('sshpass', '-p ?'),
  command('(?:docker|podman|nerdctl|buildah|skopeo|oras|crane|helm registry|az acr) (?:auth )?login', '-p '),
  command('redis-cli', '-a '),
  command('ldap(?:search|modify|add|passwd|whoami)', '-w ?'),
  new RegExp(String.raw`\becho (?:-n )?${placed()} ?\| ?sudo -S`, 'dg'),
  new RegExp(String.raw`\bmachine \S{1,200} login \S{1,200} password ${placed()}`, 'dg'),
  new RegExp(String.raw`\b(?:SecureString|IDENTIFIED (?:WITH \w{1,60} )?BY|PASSWORD) {1,3}(?:-String )?(?=\\{0,3}["'])${placed()}`, 'dgi'),
];
/** An option or a setting whose name says what its value is: `--api-key K`, `-Password P`, `configure set aws_secret_access_key K`, `setx TOKEN K`. */
const NAMED = new RegExp(
  String.raw`(?:(?<![\w-])--?|\b(?:configure|config|secrets?) set |\bsetx (?:/m )?)([A-Za-z][\w.-]{1,59}) {1,3}(\\{0,3}["'])?${VALUE}`,
  'dgi',
);
/** What a text has that holds any of these; all others are done with one search. */
const MAY_HOLD = / --?[A-Za-z]|\bmachine |securestring |identified |password |\bset |\bsetx /i;

/** True for what stands where a password would, and is none: the word itself, a variable, the next option. */
const isNamedOnly = (value: string): boolean => /^-|^\$|^(?:password|passwd|pass|secret)$/i.test(value);

/** True for what stands in a manual in place of a value: `--token to sign in with`, `--password PASSWORD`. */
const isWord = (value: string): boolean => /^-|^\$|^[a-z]{1,12}$|^[A-Z_]+$|^\d{1,7}$/.test(value);

/**
 * Finds secrets in command lines and scripts, where a blank stands between a name and its value and a program alone says what `-p` is:
 * agents run such commands, and their traces keep them.
 * Shape: in no order. `hintOf` tells what a name promises. Cost: linear; every gap is bounded.
 */
export function findCommandSecrets(text: string, hintOf: (name: string) => NameHint | undefined): readonly CommandSecret[] {
  if (!MAY_HOLD.test(text)) return [];
  const found: CommandSecret[] = [];
  for (const pattern of IN_COMMANDS)
    for (const match of text.matchAll(pattern)) {
      const value = match.groups?.['quoted'] ?? match.groups?.['bare'] ?? '';
      const [start] = match.indices?.groups?.['quoted'] ?? match.indices?.groups?.['bare'] ?? [];
      if (start !== undefined && !isNamedOnly(value)) found.push({ start, value, isPassword: true });
    }
  for (const match of text.matchAll(NAMED)) {
    const [, name = '', quote, value = ''] = match;
    const [start] = match.indices?.[3] ?? [];
    const hint = start === undefined ? undefined : hintOf(name);
    if (start === undefined || hint?.sure !== true || hint.many || (quote === undefined && isWord(value))) continue;
    found.push({ start, value, isPassword: hint.type === 'password' });
  }
  return found;
}
