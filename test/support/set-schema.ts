const text = { type: 'string', minLength: 1 } as const;
const seconds = { type: 'integer', minimum: 0 } as const;

const object = (required: readonly string[], properties: object): object => ({
  type: 'object',
  required: [...required],
  properties,
  additionalProperties: false,
});

/** Subject identifiers: RFC 9493, section 3.2; `complex` and `jwt_id` of the Shared Signals Framework 1.0, section 3. */
const simple = [
  object(['format', 'iss', 'sub'], { format: { const: 'iss_sub' }, iss: text, sub: text }),
  object(['format', 'iss', 'jti'], { format: { const: 'jwt_id' }, iss: text, jti: text }),
  object(['format', 'id'], { format: { const: 'opaque' }, id: text }),
];
const subject = {
  oneOf: [
    ...simple,
    object(['format', 'user', 'session'], { format: { const: 'complex' }, user: { oneOf: simple }, session: { oneOf: simple } }),
  ],
};

/** A reason by language: CAEP 1.0, section 2. */
const reason = { type: 'object', minProperties: 1, additionalProperties: text };
const common = {
  event_timestamp: seconds,
  initiating_entity: { enum: ['admin', 'user', 'policy', 'system'] },
  reason_admin: reason,
  reason_user: reason,
};
const CAEP = 'https://schemas.openid.net/secevent/caep/event-type/';
const RISC = 'https://schemas.openid.net/secevent/risc/event-type/';

/** Payload of a security event token, with the events that the revocation packet drafts. Source: RFC 8417, section 2.2; CAEP 1.0, sections 3.1 and 3.3; RISC 1.0, sections 2.1 and 2.7. */
export const securityEventSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  ...object(['iss', 'jti', 'iat', 'sub_id', 'events'], {
    iss: { ...text, format: 'uri' },
    aud: text,
    jti: text,
    iat: seconds,
    sub_id: subject,
    events: {
      type: 'object',
      minProperties: 1,
      maxProperties: 1,
      additionalProperties: false,
      properties: {
        [`${CAEP}session-revoked`]: object([], common),
        [`${CAEP}credential-change`]: object(['credential_type', 'change_type'], {
          ...common,
          credential_type: text,
          change_type: { enum: ['create', 'revoke', 'update', 'delete'] },
        }),
        [`${RISC}credential-compromise`]: object(['credential_type'], {
          credential_type: text,
          event_timestamp: seconds,
          reason_admin: reason,
          reason_user: reason,
        }),
        [`${RISC}account-credential-change-required`]: object([], {}),
      },
    },
  }),
};
