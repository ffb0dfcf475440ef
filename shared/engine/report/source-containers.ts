import type { SourceJson } from '../../contract/report-json.ts';

/** A file with its place in the list, which is its short name. */
export interface Numbered {
  readonly source: SourceJson;
  readonly index: number;
}

/** Files of one archive that follow each other, or files that lie in none. */
export interface Group {
  readonly container: SourceJson['container'];
  readonly files: readonly Numbered[];
}

/** Files by the archive that they came in, in their order. */
export function toContainers(sources: readonly SourceJson[]): readonly Group[] {
  const groups: { readonly container: SourceJson['container']; readonly files: Numbered[] }[] = [];
  for (const [index, source] of sources.entries()) {
    const last = groups.at(-1);
    if (last !== undefined && last.container?.sha256 === source.container?.sha256 && last.container?.name === source.container?.name)
      last.files.push({ source, index });
    else groups.push({ container: source.container, files: [{ source, index }] });
  }
  return groups;
}

/** The name inside of its archive: the archive heads its files. */
export const nameInside = ({ name, container }: SourceJson): string =>
  container !== undefined && name.startsWith(`${container.name}!`) ? name.slice(container.name.length + 1) : name;
