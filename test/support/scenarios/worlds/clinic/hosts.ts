/** Where the health service answers, and who vouches for its callers. */
export const HOSTS = {
  site: 'www.tagus-straits.test',
  fhir: 'fhir.tagus-straits.test',
  booking: 'booking.tagus-straits.test',
  partners: 'partners.tagus-straits.test',
  staff: 'staff.tagus-straits.test',
  tools: 'mcp.tagus-straits.test',
  issuer: 'https://sso.tagus-straits.test/realms/programs',
  patientsIssuer: 'https://login.tagus-straits.test/realms/patients',
} as const;
