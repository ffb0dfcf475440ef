import type { Mapping } from '../../../model/mapping.ts';
import type { ReadSettings } from '../../../model/read-settings.ts';
import type { Recognition, RecordImporter } from '../importer.ts';
import { compileMapping } from '../mapping/apply.ts';
import type { CompiledMapping } from '../mapping/apply.ts';
import { readMapped } from '../mapping/reader.ts';
import { listPaths } from '../mapping/rest.ts';
import { compilePath } from '../mapping/paths.ts';
import { sampleRecords } from '../mapping/sample.ts';

/** Share of the first records that a mapping must fit. */
const NEEDED_SHARE = 0.5;

/**
 * Records of JSON or of a table that an analyst's mapping turns into calls: the one that was given for the source, or one that is
 * saved with the case and whose keys all stand in the records.
 */
export const mappedJson = {
  id: 'mapped-json',
  title: 'records read by a mapping (JSON, CSV)',
  extensions: ['.json', '.jsonl', '.ndjson', '.log', '.csv', '.tsv'],
  holds: 'whatever the mapping names; everything else is kept among the other fields',
  recognize(head, _name, settings) {
    const mappings = listMappings(settings);
    if (mappings.length === 0) return { strength: 'none', why: 'no mapping was given or saved' };
    const records = sampleRecords(head);
    for (const mapping of mappings) {
      const fits = compileFit(mapping);
      const share = `${String(records.filter(fits).length)} of the first ${String(records.length)} records`;
      if (records.length === 0 || records.filter(fits).length / records.length < NEEDED_SHARE) continue;
      return toRecognition(mapping, share, settings);
    }
    return { strength: 'none', why: 'the records do not have what the mappings name' };
  },
  records: 'json',
  shape: 'not a record of the mapping: a key that it requires is missing',
  independent: true,
  open({ settings, zoneOffsetMinutes }) {
    const mappings = listMappings(settings).map(compileMapping);
    return (record) => {
      for (const mapping of mappings) {
        const made = readMapped(mapping, record, zoneOffsetMinutes);
        if (made !== undefined) return made;
      }
      return undefined;
    };
  },
} as const satisfies RecordImporter;

const listMappings = ({ mapping, declaredMappings = [] }: ReadSettings): readonly Mapping[] =>
  mapping === undefined ? declaredMappings.filter(({ requires }) => requires.length > 0) : [mapping];

/** A mapping that requires nothing fits a record that has anything it names. */
function compileFit(mapping: Mapping): CompiledMapping['matches'] {
  if (mapping.requires.length > 0) return compileMapping(mapping).matches;
  const getters = listPaths(mapping).flat().map(compilePath);
  return (record) => getters.some((get) => get(record) !== undefined);
}

const toRecognition = (mapping: Mapping, share: string, settings: ReadSettings): Recognition => ({
  strength: 'magic',
  why:
    settings.mapping === undefined
      ? `${share} have the keys of the saved mapping ${mapping.name}`
      : `${share} have what the mapping ${mapping.name} names`,
});
