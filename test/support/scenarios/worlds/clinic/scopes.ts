/** What a patient's token is allowed. */
export const PATIENT_SCOPES = [
  'Patient.read',
  'Patient.write',
  'Condition.read',
  'Observation.read',
  'Observation.write',
  'MedicationRequest.read',
  'MedicationRequest.renew',
  'DiagnosticReport.read',
  'Communication.read',
  'Communication.write',
  'Appointment.read',
  'Appointment.write',
  'Invoice.read',
];

/** What the triage agent was given: its work, and what somebody thought it might need one day. */
export const AGENT_SCOPES = [
  ...PATIENT_SCOPES,
  'Patient.search',
  'Patient.everything',
  'Encounter.read',
  'MedicationRequest.write',
  'DocumentReference.read',
  'DocumentReference.write',
  'Task.write',
  'Invoice.refund',
  'Payout.write',
  'System.export',
];
