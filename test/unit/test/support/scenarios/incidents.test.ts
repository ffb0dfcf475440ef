import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { DAY_MS, DEFAULT_START, MINUTE_MS } from '../../../../support/scenarios/core/calendar.ts';
import type { Party } from '../../../../support/scenarios/core/party.ts';
import type { MadeScenario } from '../../../../support/scenarios/core/scenario.ts';
import { makeStage } from '../../../../support/scenarios/core/stage.ts';
import type { CallTruth, Form, RecordTruth } from '../../../../support/scenarios/core/truth.ts';
import type { World } from '../../../../support/scenarios/core/world.ts';
import { incidents } from '../../../../support/scenarios/incidents/index.ts';
import { playScenario } from '../../../../support/scenarios/index.ts';
import { worlds } from '../../../../support/scenarios/worlds/index.ts';

const SEED = 'incidents';
const DAYS = 2;
const FORMS: readonly Form[] = ['loud', 'quiet'];
/** Incidents whose quiet form has as many calls as evidence as the loud one; their docstrings say why. */
const AS_MANY = new Set<string>();

interface Played {
  readonly made: MadeScenario;
  readonly calls: readonly CallTruth[];
  readonly records: readonly RecordTruth[];
}

const parent = mkdtempSync(join(tmpdir(), 'incidents-'));
afterAll(() => {
  rmSync(parent, { recursive: true, force: true });
});

const linesOf = (path: string): readonly string[] => readFileSync(path, 'utf8').split('\n').slice(0, -1);
const rowsOf = <T>(path: string): readonly T[] => linesOf(path).map((line) => JSON.parse(line) as T);

function play(world: string, name: string, chosen: readonly { readonly id: string; readonly form: Form }[]): Played {
  const folder = join(parent, world, name);
  const made = playScenario({ world, seed: SEED, days: DAYS, scale: 0.1, folder, incidents: chosen });
  return {
    made,
    calls: rowsOf<CallTruth>(join(made.truthFolder, 'calls.ndjson')),
    records: rowsOf<RecordTruth>(join(made.truthFolder, 'records.ndjson')),
  };
}

/** The records of a source, without what a format puts around them. */
function recordsOf(made: MadeScenario, source: string): readonly string[] {
  const frame = source.endsWith('.har') ? 1 : 0;
  const lines = linesOf(join(made.evidence, source));
  // A recording without entries has a blank line in their place.
  return lines.slice(frame, lines.length - frame).flatMap((line) => (line === '' ? [] : [line.replace(/,$/, '')]));
}

/** Words that a company has no reason to write, unless it writes them on ordinary days. */
function tellingWords(text: string): ReadonlySet<string> {
  return new Set(text.match(/\b(?:incidents?|attack(?:s|er|ers)?|exploits?|malicious|hacke[dr]|evil|injected|stolen)\b/gi) ?? []);
}

const isIncident = ({ label }: CallTruth): boolean => label?.kind === 'incident';

/** What is left of a source when the records of all incidents are taken out. */
function withoutIncidents({ made, calls, records }: Played, source: string): readonly string[] {
  const theirs = new Set(calls.filter(isIncident).map(({ id }) => id));
  const gone = new Set(records.filter(({ call }) => theirs.has(call)).map(({ ref }) => ref));
  return recordsOf(made, source).filter((_, index) => !gone.has(`${source}#${String(index + 1)}`));
}

/** Everybody whom the roles of a world name. */
function partiesOf(world: World): ReadonlyMap<string, Party> {
  const span = { start: DEFAULT_START, end: DEFAULT_START + DAYS * DAY_MS };
  const stage = makeStage(world, { seed: SEED, span, scale: 0.1 }, () => undefined);
  const roles = world.roles(stage);
  const all = [roles.agent, roles.toolAgent, roles.recordedCustomer, roles.partner, roles.retired, roles.quietEmployee];
  all.push(roles.delegate.party, roles.fetchUrl.by, roles.outward.party, roles.monthly.party);
  for (let which = 0; which < world.people; which += 1) all.push(roles.customer(which));
  for (let which = 0; which < 12; which += 1) all.push(roles.employee(which));
  return new Map(all.map((party) => [party.id, party]));
}

/** The names of all credentials that a party has in the scenario. */
function credentialsOf(party: Party): ReadonlySet<string | undefined> {
  const found = new Set<string | undefined>();
  for (let at = DEFAULT_START; at < DEFAULT_START + DAYS * DAY_MS; at += 2 * MINUTE_MS) found.add(party.credentialAt(at)?.id);
  return found;
}

// All incidents of a form are played at once, so that a world needs three plays and not one for each; the last test of a world plays one
// alone and finds the same calls.
describe.each(worlds.map((world) => ({ id: world.id, world })))('in the $id world', ({ id: name, world }) => {
  let twin: Played;
  let played: Readonly<Record<Form, Played>>;
  let parties: ReadonlyMap<string, Party>;
  const evidenceOf = (id: string, form: Form): readonly CallTruth[] =>
    played[form].calls.filter((call) => isIncident(call) && call.label?.id === id && call.label.role === 'evidence');

  beforeAll(() => {
    const all = (form: Form): Played =>
      play(
        name,
        form,
        incidents.map(({ id }) => ({ id, form })),
      );
    twin = play(name, 'twin', []);
    played = { loud: all('loud'), quiet: all('quiet') };
    parties = partiesOf(world);
  });

  describe.each(incidents.flatMap(({ id }) => FORMS.map((form) => ({ id, form }))))('$form $id', ({ id, form }) => {
    test('has no evidence between services', () => {
      expect(evidenceOf(id, form).filter(({ hop }) => hop === 'inner')).toEqual([]);
    });

    test('leaves evidence inside of its time and of the span', () => {
      const { truth } = played[form].made;
      const told = truth.incidents.find((incident) => incident.id === id);
      const times = evidenceOf(id, form).map(({ at }) => at);
      expect(times.length).toBeGreaterThan(0);
      expect({ start: Math.min(...times), end: Math.max(...times) }).toEqual({ start: told?.start, end: told?.end });
      expect(told?.detectors.length).toBeGreaterThan(0);
      expect(told?.start).toBeGreaterThan(truth.start + DAY_MS / 2);
      expect(told?.end).toBeLessThan(truth.end - MINUTE_MS);
    });

    test('is done by parties of the world with credentials of their own', () => {
      const told = played[form].made.truth.incidents.find((incident) => incident.id === id);
      for (const { principal, credential } of evidenceOf(id, form)) {
        expect(told?.principals).toContain(principal);
        if (credential !== undefined) expect(told?.credentials).toContain(credential);
      }
      for (const principal of told?.principals ?? []) {
        const party = parties.get(principal);
        const used = new Set(evidenceOf(id, form).flatMap((call) => (call.principal === principal ? [call.credential] : [])));
        used.delete(undefined);
        // Whoever is nobody of this world has nothing to show.
        expect([...used].filter((credential) => party === undefined || !credentialsOf(party).has(credential))).toEqual([]);
      }
    });
  });

  test.each(incidents.map(({ id }) => ({ id })))('loud $id has more evidence than quiet', ({ id }) => {
    const [loud, quiet] = [evidenceOf(id, 'loud').length, evidenceOf(id, 'quiet').length];
    if (AS_MANY.has(id)) expect(loud).toBeGreaterThanOrEqual(quiet);
    else expect(loud).toBeGreaterThan(quiet);
  });

  test.each(FORMS)('%s: what the incidents leave beside is the benign twin, byte for byte', (form) => {
    for (const { path } of world.sources) expect(withoutIncidents(played[form], path), path).toEqual(recordsOf(twin.made, path));
  });

  test.each(FORMS)('%s: the evidence has no id of the truth, and no word that tells', (form) => {
    const { made, calls } = played[form];
    // Ids of incidents and traps begin with their kind; of the ordinary ones some are enough.
    const ids = new Set(['incident/', 'trap/', ...calls.filter((_, index) => index % 200 === 0).map(({ id }) => id)]);
    for (const credential of made.truth.incidents.flatMap(({ credentials }) => credentials)) ids.add(credential);
    expect(calls.filter((call) => isIncident(call) && !call.id.startsWith('incident/'))).toEqual([]);
    for (const { path } of world.sources) {
      const text = readFileSync(join(made.evidence, path), 'utf8');
      expect([...ids].filter((id) => text.includes(id))).toEqual([]);
      const usual = tellingWords(readFileSync(join(twin.made.evidence, path), 'utf8'));
      expect([...tellingWords(text)].filter((word) => !usual.has(word))).toEqual([]);
    }
  });

  test('the truth has the detectors of the form that was played', () => {
    const firstOf = (form: Form) => played[form].made.truth.incidents.find(({ id }) => id === 'tool-poisoning')?.detectors[0];
    expect({ loud: firstOf('loud'), quiet: firstOf('quiet') }).toEqual({ loud: 'mcp-tool-poisoning', quiet: 'mcp-tool-rugpull' });
  });

  test('an incident is the same alone and in company', () => {
    const { id } = incidents[Math.floor(incidents.length / 2)] ?? { id: '' };
    const of = ({ calls }: Played) => calls.filter((call) => call.label?.id === id);
    expect(of(play(name, 'alone', [{ id, form: 'quiet' }]))).toEqual(of(played.quiet));
  });
});
