import { setPrefs, usePrefs } from '../state/prefs.ts';

/** All zones that this machine knows, its own first. */
function zonesToChoose(): readonly string[] {
  const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return [...new Set([own, ...Intl.supportedValuesOf('timeZone')])].filter((zone) => zone !== 'UTC');
}
const ZONES = zonesToChoose();

/** Which clock is told beside UTC: evidence stays in UTC, and who was asked speaks of the clock on the wall. */
export function ZoneChoice() {
  const zone = usePrefs((prefs) => prefs.zone);
  return (
    <select
      className="zone-choice muted"
      aria-label="Zone whose clock is told beside UTC"
      title={
        zone === ''
          ? 'Times are in UTC. Choose a zone to read its clock, too: beside the time of a call, in the tooltip of every time, and as a column of Calls'
          : `Times are in UTC; their tooltips, a call in full and the column “Local time” of Calls tell the clock of ${zone}`
      }
      value={zone}
      onChange={(event) => {
        setPrefs({ zone: event.target.value });
      }}
    >
      <option value="">Times in UTC</option>
      {(ZONES.includes(zone) || zone === '' ? ZONES : [zone, ...ZONES]).map((each) => (
        <option key={each} value={each}>
          UTC and {each}
        </option>
      ))}
    </select>
  );
}
