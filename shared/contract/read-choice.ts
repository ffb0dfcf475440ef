import { z } from 'zod';
import type { ReadSettings } from '../model/read-settings.ts';
import { mappingSchema } from './mapping.ts';

/** What an analyst may say about a source; the declarations of the case are added by the import itself. */
export type GivenSettings = Omit<ReadSettings, 'declaredMappings' | 'declaredFormats'>;

/** Longest `log_format` string or list of columns that is no mistake. Units: characters. */
const MAX_FORMAT = 20_000;

/** Longest name of a header or column, and most of them. */
const MAX_NAME = 200;
const MAX_NAMES = 500;

const fields = {
  logFormat: z.string().min(1).max(MAX_FORMAT).optional(),
  encoding: z.literal('windows-1252').optional(),
  year: z.number().int().min(1970).max(2255).optional(),
  headerNames: z.array(z.string().max(MAX_NAME)).min(1).max(MAX_NAMES).readonly().optional(),
  mapping: mappingSchema.optional(),
} satisfies Record<keyof GivenSettings, z.ZodType>;

/** Checks what an analyst says about how sources are read. */
const readSettings: z.ZodType<GivenSettings, GivenSettings> = z.strictObject(fields);

/** How the sources of a path are to be read, each part only when it was said. */
export const readChoice = z.strictObject({
  /** Importer id that overrules recognition. */
  format: z.string().max(100).optional(),
  settings: readSettings.optional(),
  /** For stamps that carry none: UTC, an offset such as +02:00 or an IANA name such as Europe/Brussels. */
  zone: z.string().max(50).optional(),
});

export type ReadChoice = z.output<typeof readChoice>;
