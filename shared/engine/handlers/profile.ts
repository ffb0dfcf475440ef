import type { Profile } from '../../contract/profile.ts';
import { rankOfWord } from '../passes/endpoints/api-vocabulary.ts';
import { openfgaId } from '../privilege/policies/escape.ts';
import { companyWords, shortCompanyWords } from '../report/profile/company-words.ts';
import { createPseudonymiser, internalProfile, type Pseudonymiser } from '../report/profile/pseudonymiser.ts';
import type { SqlDriver } from '../store/driver.ts';
import { listCaseNames } from '../store/read/principals/case-names.ts';
import { listSources } from '../store/read/sources.ts';

/** What hides the names of the open case in an export of `profile`. Cost: three groupings over the calls, none for `internal`. */
export function pseudonymiserOf(db: SqlDriver, profile: Profile): Pseudonymiser {
  if (profile === 'internal') return internalProfile;
  const sources = listSources(db).map(({ name }) => name);
  // Policies spell ids in their own way.
  const names = listCaseNames(db).map((entry) => ({ ...entry, aliases: [...entry.aliases, ...entry.aliases.map(openfgaId)] }));
  const hosts = names.filter(({ kind }) => kind === 'host').map(({ name }) => name);
  const labels = companyWords(hosts);
  const templates = db.prepare('SELECT DISTINCT template FROM endpoint').all<{ template: string }>();
  const short = shortCompanyWords(labels, [...hosts, ...templates.map(({ template }) => template)]);
  const words = [...labels, ...short].filter((word) => rankOfWord(word) === 0);
  return createPseudonymiser(profile, names, sources, words);
}
