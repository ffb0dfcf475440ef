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
