import { operation as op, type Answer, type Operation } from '../../core/api.ts';

// One table of all operations, so that paths can be read side by side.

type More = Parameters<typeof op>[5];
type Line = readonly [service: string, id: string, line: string, answer: Answer, scope?: string | undefined, more?: More];

const one = (entity: string): Answer => ({ one: entity });
const shape = (name: string): Answer => ({ shape: name });
/** A FHIR bundle: each thing is the `resource` of an entry. */
const bundle = (entity: string, least: number, most: number): Answer => ({
  list: entity,
  at: 'entry',
  count: [least, most],
  wrap: 'resource',
});
const rows = (entity: string, least: number, most: number): Answer => ({ list: entity, at: 'items', count: [least, most] });

const toOperations = (api: string, lines: readonly Line[]): readonly Operation[] =>
  lines.map(([service, id, line, answer, scope, more]) =>
    op(api, service, id, line, answer, { scopes: scope === undefined ? [] : [scope], ...more }),
  );

const FHIR: readonly Line[] = [
  ['records', 'capabilities', 'GET /fhir/r4/metadata', shape('Status'), undefined, { millis: 12 }],
  ['records', 'searchPatients', 'GET /fhir/r4/Patient', bundle('patient', 4, 12), 'Patient.search', { millis: 96 }],
  ['records', 'getSelf', 'GET /fhir/r4/Patient/me', one('patient'), 'Patient.read', { millis: 26 }],
  [
    'records',
    'getPatient',
    'GET /fhir/r4/Patient/{patient}',
    one('patient'),
    'Patient.read',
    { millis: 31, behind: [['readConsent', 0.3]] },
  ],
  ['records', 'updatePatient', 'PATCH /fhir/r4/Patient/{patient}', one('patient'), 'Patient.write', { body: 'PatientPatch', millis: 64 }],
  [
    'records',
    'everything',
    'GET /fhir/r4/Patient/{patient}/$everything',
    bundle('observation', 6, 12),
    'Patient.everything',
    {
      millis: 420,
      behind: [
        ['readConsent', 1],
        ['appendAudit', 1],
      ],
    },
  ],
  [
    'records',
    'listConditions',
    'GET /fhir/r4/Patient/{patient}/Condition',
    bundle('condition', 1, 3),
    'Condition.read',
    { millis: 44, behind: [['readConsent', 0.5]] },
  ],
  ['records', 'getCondition', 'GET /fhir/r4/Condition/{condition}', one('condition'), 'Condition.read'],
  [
    'records',
    'listObservations',
    'GET /fhir/r4/Patient/{patient}/Observation',
    bundle('observation', 3, 9),
    'Observation.read',
    { millis: 70 },
  ],
  ['records', 'trend', 'GET /fhir/r4/Patient/{patient}/Observation/code/{loinc}', shape('Trend'), 'Observation.read', { millis: 58 }],
  ['records', 'getObservation', 'GET /fhir/r4/Observation/{observation}', one('observation'), 'Observation.read', { millis: 22 }],
  [
    'records',
    'addObservation',
    'POST /fhir/r4/Observation',
    one('observation'),
    'Observation.write',
    { body: 'NewObservation', millis: 48 },
  ],
  [
    'records',
    'diary',
    'GET /fhir/r4/Patient/{patient}/diary/{day}',
    shape('DiaryDay'),
    'Observation.read',
    { published: 'undocumented', millis: 37 },
  ],
  ['records', 'getEncounter', 'GET /fhir/r4/Encounter/{encounter}', one('encounter'), 'Encounter.read', { millis: 29 }],
  [
    'records',
    'addEncounter',
    'POST /fhir/r4/Encounter',
    one('encounter'),
    'Encounter.write',
    { body: 'NewEncounter', millis: 82, behind: [['appendAudit', 1]] },
  ],
  [
    'records',
    'listPrescriptions',
    'GET /fhir/r4/MedicationRequest',
    bundle('prescription', 1, 3),
    'MedicationRequest.read',
    { millis: 51 },
  ],
  ['records', 'getPrescription', 'GET /fhir/r4/MedicationRequest/{prescription}', one('prescription'), 'MedicationRequest.read'],
  [
    'records',
    'prescribe',
    'POST /fhir/r4/MedicationRequest',
    one('prescription'),
    'MedicationRequest.write',
    {
      body: 'NewPrescription',
      millis: 140,
      behind: [
        ['readConsent', 0.8],
        ['appendAudit', 1],
      ],
    },
  ],
  [
    'records',
    'renewPrescription',
    'POST /fhir/r4/MedicationRequest/{prescription}/$renew',
    one('prescription'),
    'MedicationRequest.renew',
    { millis: 75 },
  ],
  [
    'labs',
    'listReports',
    'GET /fhir/r4/Patient/{patient}/DiagnosticReport',
    bundle('report', 1, 4),
    'DiagnosticReport.read',
    { millis: 66 },
  ],
  ['labs', 'getReport', 'GET /fhir/r4/DiagnosticReport/{report}', one('report'), 'DiagnosticReport.read', { millis: 43 }],
  ['messages', 'listMessages', 'GET /fhir/r4/Communication', bundle('message', 2, 6), 'Communication.read', { millis: 39 }],
  ['messages', 'getMessage', 'GET /fhir/r4/Communication/{message}', one('message'), 'Communication.read', { millis: 27 }],
  ['messages', 'sendMessage', 'POST /fhir/r4/Communication', one('message'), 'Communication.write', { body: 'NewMessage', millis: 60 }],
  [
    'messages',
    'replyToMessage',
    'POST /fhir/r4/Communication/{message}/$reply',
    one('message'),
    'Communication.write',
    { body: 'NewMessage', millis: 63 },
  ],
  ['messages', 'updateTask', 'PATCH /fhir/r4/Task/{task}', one('task'), 'Task.write', { body: 'TaskPatch', millis: 41 }],
  ['documents', 'getDocument', 'GET /fhir/r4/DocumentReference/{document}', one('document'), 'DocumentReference.read', { millis: 120 }],
  ['documents', 'fetchDocument', 'GET /fhir/r4/DocumentReference/$fetch', shape('Fetched'), 'DocumentReference.write', { millis: 240 }],
  ['records', 'startExport', 'POST /fhir/r4/Patient/$export', one('job'), 'System.export', { millis: 90 }],
  ['records', 'exportStatus', 'GET /fhir/r4/$export-poll-status/{job}', one('job'), 'System.export', { millis: 11 }],
  ['events', 'listEvents', 'GET /fhir/r4/Subscription/{subscription}/$events', rows('event', 2, 20), 'Subscription.read', { millis: 18 }],
  ['legacy', 'oldRecord', 'GET /fhir/dstu2/Patient/{patient}', one('patient'), 'Patient.read', { published: 'deprecated', millis: 88 }],
  // A zombie: the old laboratory still speaks to it.
  ['legacy', 'soap', 'POST /soap/LabService.asmx', shape('Status'), undefined, { published: 'undocumented', millis: 310 }],
];

const BOOKING: readonly Line[] = [
  ['booking', 'listClinics', 'GET /booking/v3/clinics', rows('clinic', 8, 8), undefined, { millis: 14 }],
  ['booking', 'getClinic', 'GET /booking/v3/clinics/{clinic}', one('clinic'), undefined, { millis: 11 }],
  ['booking', 'listSlots', 'GET /booking/v3/clinics/{clinic}/days/{day}/slots', rows('slot', 3, 14), undefined, { millis: 46 }],
  ['booking', 'getSlot', 'GET /booking/v3/clinics/{clinic}/slots/{slot}', one('slot'), undefined, { millis: 17 }],
  [
    'booking',
    'holdSlot',
    'POST /booking/v3/clinics/{clinic}/slots/{slot}/hold',
    one('slot'),
    'Appointment.write',
    { millis: 35, behind: [['lockSlot', 1]] },
  ],
  ['booking', 'searchDoctors', 'GET /booking/v3/practitioners', rows('practitioner', 0, 9), undefined, { millis: 57 }],
  ['booking', 'getDoctor', 'GET /booking/v3/practitioners/{practitioner}', one('practitioner'), undefined, { millis: 16 }],
  [
    'booking',
    'book',
    'POST /booking/v3/appointments',
    one('appointment'),
    'Appointment.write',
    {
      body: 'NewAppointment',
      millis: 190,
      behind: [
        ['lockSlot', 0.9],
        ['checkEligibility', 0.8],
        ['appendAudit', 0.6],
      ],
    },
  ],
  ['booking', 'myAppointments', 'GET /booking/v3/me/appointments', rows('appointment', 1, 5), 'Appointment.read', { millis: 33 }],
  ['booking', 'getAppointment', 'GET /booking/v3/appointments/{appointment}', one('appointment'), 'Appointment.read', { millis: 24 }],
  [
    'booking',
    'cancelAppointment',
    'DELETE /booking/v3/appointments/{appointment}',
    one('appointment'),
    'Appointment.write',
    { millis: 52 },
  ],
  [
    'booking',
    'overrideSlot',
    'POST /booking/v3/appointments/{appointment}/override',
    one('appointment'),
    undefined,
    { published: 'undocumented', millis: 58 },
  ],
  [
    'video',
    'joinVideo',
    'POST /booking/v3/appointments/{appointment}/video-room',
    shape('Room'),
    'Appointment.read',
    { millis: 71, behind: [['openRoom', 1]] },
  ],
  ['booking', 'registerDevice', 'PUT /booking/v3/me/devices/{device}', one('device'), 'Appointment.read', { body: 'Device', millis: 28 }],
  [
    'booking',
    'oldVisit',
    'GET /booking/v2/visit/{appointment}',
    one('appointment'),
    'Appointment.read',
    { published: 'deprecated', millis: 69 },
  ],
  ['legacy', 'apiPhp', 'GET /api.php', shape('Status'), undefined, { published: 'undocumented', millis: 95 }],
  ['identity', 'login', 'POST /booking/v3/Login', shape('LoginDone'), undefined, { body: 'Login', millis: 110 }],
  ['identity', 'status', 'GET /healthz', shape('Status'), undefined, { published: 'undocumented', millis: 2 }],
  ['billing', 'listInvoices', 'GET /billing/v1/Patients/{patient}/Invoices', rows('invoice', 1, 3), 'Invoice.read', { millis: 55 }],
  [
    'billing',
    'reimburse',
    'POST /billing/v1/Invoices/{invoice}/Reimbursements',
    shape('Payment'),
    'Invoice.refund',
    { body: 'NewReimbursement', millis: 230, behind: [['appendAudit', 1]] },
  ],
  ['billing', 'addPayee', 'POST /billing/v1/Payees', one('payee'), 'Payout.write', { body: 'NewPayee', millis: 120 }],
  [
    'billing',
    'pay',
    'POST /billing/v1/Payouts',
    shape('Payment'),
    'Payout.write',
    { body: 'NewPayout', millis: 260, behind: [['appendAudit', 1]] },
  ],
  ['identity', 'listAccounts', 'GET /admin/v1/Accounts', rows('account', 6, 14), 'Admin.all', { millis: 40 }],
  ['identity', 'listServiceKeys', 'GET /admin/v1/ServiceKeys', rows('serviceKey', 4, 9), 'Admin.all', { millis: 31 }],
  ['identity', 'setRights', 'PUT /admin/v1/Accounts/{account}/Rights', one('account'), 'Admin.all', { body: 'Rights', millis: 57 }],
];

const PARTNERS: readonly Line[] = [
  ['claims', 'claimBatch', 'GET /claims/v2/{insurer}/batches/{day}', rows('claim', 8, 30), 'claims.read', { millis: 340 }],
  ['claims', 'getClaim', 'GET /claims/v2/{insurer}/claims/{claim}', one('claim'), 'claims.read', { millis: 42 }],
  [
    'claims',
    'decideClaim',
    'POST /claims/v2/{insurer}/claims/{claim}/Decision',
    one('claim'),
    'claims.decide',
    { body: 'Decision', millis: 77, behind: [['appendAudit', 1]] },
  ],
  [
    'claims',
    'uploadBatch',
    'PUT /claims/v2/{insurer}/batches/{day}',
    shape('Status'),
    'claims.write',
    { millis: 380, behind: [['checkEligibility', 1]] },
  ],
  ['labs', 'listLabOrders', 'GET /labs/v1/orders', rows('labOrder', 1, 8), 'labs.read', { millis: 45 }],
  ['labs', 'getLabOrder', 'GET /labs/v1/orders/{labOrder}', one('labOrder'), 'labs.read', { millis: 21 }],
  [
    'labs',
    'putLabResult',
    'PUT /labs/v1/orders/{labOrder}/results',
    one('labOrder'),
    'labs.write',
    { body: 'LabResult', millis: 84, behind: [['storeResult', 1]] },
  ],
];

const STAFF: readonly Line[] = [
  ['desk', 'portal', 'GET /Desk/Index', shape('Status'), undefined, { millis: 19 }],
  ['desk', 'worklist', 'GET /Desk/Worklist/{clinic}/{day}', rows('appointment', 5, 25), undefined, { millis: 61 }],
  ['desk', 'checkIn', 'POST /Desk/CheckIn/{appointment}', one('appointment'), undefined, { millis: 48, behind: [['appendAudit', 1]] }],
  ['desk', 'rota', 'GET /Desk/Rota/{clinic}/{day}', rows('practitioner', 3, 9), undefined, { millis: 36 }],
  ['desk', 'auditTrail', 'GET /Desk/Audit/Patient/{patient}', shape('Day'), undefined, { millis: 92 }],
  ['desk', 'printLabels', 'GET /Desk/print.cgi', shape('Status'), undefined, { millis: 130 }],
];

const OTHERS: readonly Operation[] = [
  ...toOperations('site', [
    ['site', 'home', 'GET /', shape('Status'), undefined, { millis: 18 }],
    ['site', 'clinicPage', 'GET /clinics/{clinic}', shape('Status'), undefined, { millis: 22 }],
    ['site', 'article', 'GET /health-a-z/{article}', shape('Status'), undefined, { millis: 24 }],
  ]),
  ...toOperations('tools', [['tools', 'toolCall', 'POST /mcp', shape('Status'), undefined, { tool: 'tools/call', millis: 120 }]]),
  ...toOperations('inner', [
    ['consent', 'readConsent', 'GET /consents/{patient}', shape('Status'), undefined, { millis: 5 }],
    ['audit', 'appendAudit', 'POST /v1/entries', shape('Status'), undefined, { millis: 4 }],
    ['booking', 'lockSlot', 'PUT /internal/locks/{slot}', shape('Status'), undefined, { millis: 9 }],
    ['claims', 'checkEligibility', 'POST /eligibility/check', shape('Status'), undefined, { millis: 95, behind: [['askInsurer', 0.7]] }],
    ['insurer', 'askInsurer', 'POST /x12/270', shape('Status'), undefined, { millis: 55 }],
    ['video', 'openRoom', 'POST /rooms', shape('Status'), undefined, { millis: 38 }],
    ['records', 'storeResult', 'POST /internal/results', shape('Status'), undefined, { millis: 31, behind: [['appendAudit', 1]] }],
  ]),
];

export const OPERATIONS: readonly Operation[] = [
  ...toOperations('fhir', FHIR),
  ...toOperations('booking', BOOKING),
  ...toOperations('partners', PARTNERS),
  ...toOperations('staff', STAFF),
  ...OTHERS,
];

/** Described, and never built or long gone. */
export const ORPHANS: readonly Operation[] = [
  ...toOperations('fhir', [
    ['records', 'listImmunizations', 'GET /fhir/r4/Patient/{patient}/Immunization', bundle('observation', 1, 3), 'Immunization.read'],
    ['records', 'mergePatients', 'POST /fhir/r4/Patient/$merge', one('patient'), 'Patient.write'],
  ]),
  ...toOperations('booking', [
    ['booking', 'waitingList', 'POST /booking/v3/clinics/{clinic}/waiting-list', one('appointment'), 'Appointment.write'],
  ]),
];
