import { isZone, ZONE_FORMS } from './zone.ts';

/** Offsets that servers are set to most, then every name; any other offset can be typed. */
const ZONES = [
  'UTC',
  '-08:00',
  '-07:00',
  '-05:00',
  '-04:00',
  '+01:00',
  '+02:00',
  '+03:00',
  '+05:30',
  '+08:00',
  '+09:00',
  '+10:00',
  ...Intl.supportedValuesOf('timeZone'),
];

interface ZoneFieldProps {
  readonly value: string;
  readonly onChange: (zone: string) => void;
}

/** The zone of times that name none. */
export function ZoneField({ value, onChange }: ZoneFieldProps) {
  const isFine = isZone(value);
  return (
    <label className="field-label">
      Time zone of times that name none
      <input
        className="field"
        list="zones"
        placeholder="Europe/Brussels or +02:00"
        value={value}
        aria-invalid={!isFine}
        spellCheck={false}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      />
      <datalist id="zones">
        {ZONES.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      {isFine ? null : <span className="severity-high">Give {ZONE_FORMS}</span>}
    </label>
  );
}
