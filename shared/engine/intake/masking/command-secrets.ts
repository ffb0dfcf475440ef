import type { NameHint } from './secret-names.ts';
import { ARGUMENT_END, throughArguments } from './through-escapes.ts';

/** A secret that a command line gives away. Units: UTF-16 code units. */
export interface CommandSecret {
  readonly start: number;
  readonly end: number;
  readonly value: string;
  readonly isPassword: boolean;
}

/** A letter that a shell takes for itself and that stands for itself behind its escape: `^&` of cmd, a backtick of PowerShell, `\&` of POSIX. */
const ESCAPED = String.raw`[\^\u0060](?:[^\s"'‹›]|(?=[\s"'‹›]|$))|\\{1,2}[!#$&()*;<>?@[\]^{|}~]`;
/** A value without quotes around it, in JSON too. */
const BARE = `(?:${ESCAPED}|${String.raw`[^\s"'‹›\\|;&<>()^\u0060]`}){4,1000}`;
/** A quote that does not end its text: doubled, behind a backtick or a backslash, and POSIX's `'\''`. */
const QUOTE_INSIDE = [
  String.raw`\u0060\k<nest>\k<quote>`,
  String.raw`\k<nest>\\{1,2}\k<quote>`,
  String.raw`\k<nest>\k<quote>(?:\\{1,2}\k<quote>)?\k<nest>\k<quote>`,
].join('|');
/** A value whose place proves it: in quotes it ends with them, whatever stands in it. `before`: what stands in front of it within them. */
const placed = (before = ''): string =>
  String.raw`(?:(?<nest>\\{0,3})(?<quote>["'])${before}(?<quoted>(?:${QUOTE_INSIDE}|(?!\k<nest>\k<quote>)[^\n‹›]){4,1000})\k<nest>\k<quote>|${before}(?<bare>${BARE}))`;
/** Between a program and its option; a command ends at a pipe, a semicolon or the end of its line, unless they stand in quotes or behind a backslash. */
const OPTIONS = String.raw`(?:"[^"\n]{0,400}"|'[^'\n]{0,400}'|[\\^\u0060]\r?\n|[^\n|;&"']){0,300}?\s`;
const command = (programs: string, option: string, before?: string): RegExp =>
  new RegExp(String.raw`\b(?:${programs})\b${OPTIONS}${option}${placed(before)}`, 'dg');

/**
 * Options of one letter and other places that hold a password in a program of their own; `-p` and `-u` mean anything elsewhere.
 * Source: manuals of curl 8, MySQL 8.4 and MariaDB 11 clients, sshpass 1.10, docker and podman login, redis-cli 7, ldap-utils 2.6,
 * PuTTY 0.81, Sysinternals 2.5, smbclient 4.20, sqlcmd 18, 7-Zip 24, zip 3, HTTPie 3, Apache 2.4's htpasswd, RabbitMQ 4; `net`, `schtasks` and `winrs` of Windows 11,
 * PowerShell 7.
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
  new RegExp(String.raw`\b(?:IDENTIFIED (?:WITH \w{1,60} )?BY|PASSWORD) {1,3}(?=\\{0,3}["'])${placed()}`, 'dgi'),
  new RegExp(String.raw`\bConvertTo-SecureString(?: {1,3}-(?:AsPlainText|Force|String))*[ :]{1,3}${placed()}`, 'dgi'),
  new RegExp(String.raw`\bNetworkCredential(?:\]::new)? ?\( ?\\{0,3}["'][^"'\n]{0,200}["'] ?, ?${placed()}`, 'dgi'),
  new RegExp(String.raw`(?<![\w-])-Credential[ :]{1,3}${placed(String.raw`[^\s"':/$]{1,100}:`)}`, 'dgi'),
  command('plink|pscp|psftp|putty', '-pw '),
  command('psexec(?:64)?|winrs|evil-winrm|crackmapexec|netexec|nxc|rdesktop', '-p[ :]'),
  command('[xw]l?freerdp3?', '/p:'),
  command('schtasks', '/(?:rp|p) '),
  command('smbclient|rpcclient|smbmap', '(?:-U|--user)[ =]?', String.raw`[^\s"'%]{1,100}%`),
  command('sqlcmd|bcp|isql', '-P ?'),
  command('zip', '-P '),
  command('7za?|unrar', '-p'),
  command('https?|xh', '(?:-a|--auth)[ =]', String.raw`[^\s"':/]{1,100}:`),
  command('htpasswd', String.raw`-[A-Za-z]{0,6}b[A-Za-z]{0,6} [^\s"'-]\S{0,300} \S{1,200} `),
  command('rabbitmqctl', String.raw`(?:add_user|change_password) \S{1,200} `),
];
/** The same where a word may stand as well: `net user growth`. */
const BY_PLACE: readonly RegExp[] = [
  new RegExp(String.raw`\bnet1?(?:\.exe)? use (?:[A-Z*]:? )?\S{3,300} {1,3}(?!/)${placed()}`, 'dgi'),
  new RegExp(String.raw`\bnet1?(?:\.exe)? use [^\n|;&]{0,300}?/u(?:ser)?:\S{1,200} {1,3}(?!/)${placed()}`, 'dgi'),
  new RegExp(String.raw`\bnet1?(?:\.exe)? user \S{1,200} {1,3}(?!/)${placed()}`, 'dgi'),
];
/** In a list of arguments, where nothing else can be meant: a name and a password in one of them, whatever the program, and what stands behind a named option. */
const ITEM = String.raw`(?<bare>[^\s"'‹›${ARGUMENT_END}]{1,1000})`;
const IN_FRONT = `(?<=["']|${ARGUMENT_END})`;
const LISTED = new RegExp(
  String.raw`${IN_FRONT}(?:-u|-U|--user|--proxy-user)${ARGUMENT_END}(?=\d{0,20}[^\s"':/\d])[^\s"':/]{1,100}:${ITEM}`,
  'dg',
);
const LISTED_NAMED = new RegExp(String.raw`${IN_FRONT}--?(?<name>[A-Za-z][\w.-]{1,59})${ARGUMENT_END}${ITEM}`, 'dg');
/** An option or a setting whose name says what its value is: `--api-key K`, `-Password P`, `configure set aws_secret_access_key K`, `setx TOKEN K`. */
const NAMED = new RegExp(
  String.raw`(?:(?<![\w-])--?|\b(?:configure|config|secrets?) set |\bsetx (?:/m )?)(?<name>[A-Za-z][\w.-]{1,59}) {1,3}${placed()}`,
  'dgi',
);
/** What a text has that holds any of these; all others are done with one search. */
const MAY_HOLD =
  / --?[A-Za-z]|\bmachine |securestring|credential|identified |password |\bset |\bsetx |\bnet1?(?:\.exe)? use|rabbitmqctl|freerdp|schtasks/i;

/** An item of a list that is an option. */
const HAS_OPTION = /["']--?[A-Za-z]/;
/** Longest argument that is masked to its end. Units: characters. */
const MAX_ARGUMENT = 1000;
const END_OF_ARGUMENT = new RegExp(String.raw`${ARGUMENT_END}|\\{0,7}["']`);

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
  return findIn(text, hintOf, false);
}

function findIn(text: string, hintOf: (name: string) => NameHint | undefined, isList: boolean): CommandSecret[] {
  const found: CommandSecret[] = [];
  const add = (match: RegExpExecArray, isSure: boolean, isPassword: boolean): void => {
    const { quoted, bare } = match.indices?.groups ?? {};
    const [start, end] = quoted ?? bare ?? [];
    if (start === undefined || end === undefined) return;
    const value = text.slice(start, isList ? endOfArgument(text, start, end) : end);
    const isNone = isSure || quoted !== undefined ? isNamedOnly(value) : isWord(value);
    if (!isNone) found.push({ start, end: start + value.length, value, isPassword });
  };
  const search = (line: string, patterns: readonly RegExp[], isSure: boolean): void => {
    for (const pattern of patterns) for (const match of line.matchAll(pattern)) add(match, isSure, true);
  };
  const line = isList ? text.replaceAll(ARGUMENT_END, ' ') : text;
  search(line, IN_COMMANDS, true);
  search(line, BY_PLACE, false);
  if (isList) search(text, [LISTED], true);
  for (const match of text.matchAll(isList ? LISTED_NAMED : NAMED)) {
    const hint = hintOf(match.groups?.['name'] ?? '');
    if (hint?.sure === true && !hint.many) add(match, isList, hint.type === 'password');
  }
  return found;
}

/** Where the argument ends that a value stands in: blanks belong to it when nothing but its option stands before it there. */
function endOfArgument(text: string, start: number, end: number): number {
  const from = text.lastIndexOf(ARGUMENT_END, start) + 1;
  if (from === 0 || /[\s"']/.test(text.slice(from, start))) return end;
  const length = text.slice(start, start + MAX_ARGUMENT).search(END_OF_ARGUMENT);
  return length < 0 ? end : Math.max(end, start + length);
}

/**
 * Finds the same in lists of arguments, which programs log more often than lines: `["curl","-u","ann:Gehe1mXy"]`, `['--password', 'x']`.
 * Shape: places in the text as it is; `value` as the text spells it. Cost: a search for an option that a quote stands before.
 */
export const findListedSecrets = (text: string, hintOf: (name: string) => NameHint | undefined): readonly CommandSecret[] =>
  HAS_OPTION.test(text) ? throughArguments(text, (line) => findIn(line, hintOf, true)) : [];
