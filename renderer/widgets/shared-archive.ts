/**
 * `bundle.zip!` where all names are members of one archive, else empty: its name on each row would hide theirs, so it is said once above
 * or not at all.
 */
export function sharedArchive(names: readonly string[]): string {
  const first = names[0] ?? '';
  const end = first.indexOf('!');
  // A name that begins with the mark is that of a file.
  const archive = end < 1 ? '' : first.slice(0, end + 1);
  return names.every((name) => name.startsWith(archive)) ? archive : '';
}
