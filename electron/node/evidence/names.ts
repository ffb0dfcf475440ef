import { readdir } from 'node:fs/promises';

/** A folder of macOS resource forks beside the real members. */
const RESOURCE_FORK = /(?:^|\/)(?:__MACOSX\/|\._[^/]*$)/;

/**
 * Why a member's raw name is unsafe, or `undefined`. The name is only ever a label here; it is refused all the same, because
 * whoever writes such a name attacks the tools that unpack.
 * Example: `../x`, `/etc/x`, `C:\x`, `\\host\share` and a name with a NUL are refused; `http.09:00:00.log` is not.
 */
export function findNameDanger(name: string): string | undefined {
  if (name === '') return 'an empty name';
  if (name.includes('\0')) return 'a name with a NUL character';
  if (/^[\\/]{2}/.test(name)) return 'a network path';
  if (/^[\\/]/.test(name)) return 'an absolute path';
  if (/^[A-Za-z]:/.test(name)) return 'a path with a drive letter';
  if (name.split(/[\\/]/).includes('..')) return 'a path that leaves its folder';
  return undefined;
}

/** True for what macOS adds to an archive beside the members. */
export const isResourceFork = (name: string): boolean => RESOURCE_FORK.test(name);

/** Order that does not depend on the machine's language: by UTF-16 code unit. */
export const compareNames = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Names in a folder, sorted; an Error instead of names when it cannot be listed. */
export async function listFolder(path: string): Promise<readonly (string | Error)[]> {
  try {
    return (await readdir(path)).sort(compareNames);
  } catch (error) {
    return [error instanceof Error ? error : new Error(String(error))];
  }
}

/** True for a name that says: an archive, or something packed that may hold one. */
export const isArchiveName = (name: string): boolean => /\.(?:zip|tar|tgz|tzst|gz|zst)$/i.test(name);

/** What is odd about a name that is used all the same: whoever looks at it may see another one. */
export function findNameOddity(name: string): string | undefined {
  if (/[\p{Cc}\p{Cs}]/u.test(name)) return 'a name with control characters';
  if (/[\u061C\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u{E0000}-\u{E007F}]/u.test(name)) return 'a name with invisible characters';
  return undefined;
}
