import type { Printing } from '../printing.ts';
import { internalProfile, type Pseudonymiser } from './pseudonymiser.ts';

/** What the analyst wrote for the printed report, as a profile shows it: they name principals and companies as freely as the evidence does. */
export function profiledPrinting(printing: Printing, hide: Pseudonymiser): Printing {
  if (hide === internalProfile) return printing;
  const { settings, signOff, log } = printing;
  return {
    ...printing,
    settings: { ...settings, audience: hide.text(settings.audience) },
    ...(signOff === undefined ? {} : { signOff: { ...signOff, name: hide.text(signOff.name), role: hide.text(signOff.role) } }),
    log: log.map((entry) => ({ ...entry, text: hide.text(entry.text) })),
  };
}
