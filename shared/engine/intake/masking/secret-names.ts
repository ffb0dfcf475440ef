import type { SecretType } from './token.ts';

/**
 * What a name promises about its value. `sure`: any value is a secret. `likely`: only a value that is long and hard to
 * guess, since `key`, `code` and `sig` name harmless things as well.
 */
export interface NameHint {
  readonly type: SecretType;
  readonly sure: boolean;
  /** Numbers count as well: PINs and card numbers; a numeric `token` is a counter. */
  readonly numeric: boolean;
  /** The name of several, whose values stand in a list; beside it stands a count as often. */
  readonly many: boolean;
}

const NAMES: Readonly<Record<string, SecretType>> = {
  ...all(
    'password',
    'password passwd passwort pwd pass passphrase userpassword newpassword oldpassword currentpassword confirmpassword passwordconfirmation dbpassword rootpassword adminpassword mysqlpwd pgpassword proxypassword pw userpw loginpw kennwort userpass dbpass adminpass loginpass rootpass smtppass mailpass ftppass',
  ),
  ...all(
    'one-time',
    'otp totp passcode onetimecode otpcode mfacode twofactorcode verificationcode smscode authcode authorizationcode codeverifier pin pincode cvv cvc cvv2 cvc2 csc securitycode csrftoken xsrftoken csrf xsrf csrfmiddlewaretoken authenticitytoken requestverificationtoken xcsrftoken xxsrftoken recoverycode backupcode devicecode',
  ),
  ...all(
    'api-key',
    'apikey xapikey apitoken appkey applicationkey accesskey accesskeyid secretaccesskey awsaccesskeyid awssecretaccesskey subscriptionkey ocpapimsubscriptionkey xgoogapikey servicekey masterkey licensekey licencekey xfunctionskey accountkey sharedaccesskey writekey',
  ),
  ...all(
    'session-token',
    'token tokenvalue accesstoken refreshtoken idtoken authtoken authenticationtoken sessiontoken bearertoken bearer usertoken securitytoken jwt idjwt assertion clientassertion subjecttoken actortoken samlresponse samlassertion authorization proxyauthorization sessionid sessid sid phpsessid jsessionid aspnetsessionid connectsid sessionkey sessioncookie cookie setcookie xauthtoken xaccesstoken xamzsecuritytoken xvaulttoken xgitlabtoken privatetoken xshopifyaccesstoken mcpsessionid ticketgrantingticket rememberme remembertoken',
  ),
  ...all(
    'secret',
    'secret geheimnis secrettext secretstring secretbinary secretvalue clientsecret apisecret appsecret consumersecret sharedsecret secretkey webhooksecret signingsecret signingkey encryptionkey encryptedkey hmackey hmacsecret jwtsecret credentials connectionstring dsn databaseurl',
  ),
  ...all('signature', 'xamzsignature xgoogsignature xhubsignature256 xhubsignature stripesignature xslacksignature'),
  ...all('private-key', 'privatekey privkey sshkey sshprivatekey rsaprivatekey privatekeydata privatekeypem'),
  ...all('payment-card', 'cardnumber ccnumber creditcardnumber creditcard cardno pan primaryaccountnumber debitcardnumber'),
};

/** Names that only a hard-to-guess value makes secret. */
const LIKELY: Readonly<Record<string, SecretType>> = {
  ...all('api-key', 'key auth credential'),
  ...all('one-time', 'code state nonce ticket invite invitation magic otc'),
  ...all('signature', 'sig signature hmac hdnea policy'),
  ...all('session-token', 'session sess s'),
};

/** Names that end like secrets and are not: cursors, counters, kinds. */
const HARMLESS = new Set(
  'nexttoken nextpagetoken prevpagetoken pagetoken continuationtoken nextsynctoken synctoken cursortoken tokentype secrettype passwordhint passwordreset passwordpolicy passwordstrength tokenlimit paginationtoken nextcontinuationtoken resumetoken scrolltoken idempotencytoken clienttoken clientrequesttoken tokencount publickey sitekey cachekey primarykey foreignkey partitionkey sortkey rowkey objectkey idempotencykey sortbykey translationkey'.split(
    ' ',
  ),
);

const ENDINGS: readonly (readonly [ending: string, type: SecretType])[] = [
  ['password', 'password'], ['passwd', 'password'], ['passphrase', 'password'],
  ['secret', 'secret'], ['secretkey', 'secret'], ['privatekey', 'private-key'],
  ['apikey', 'api-key'], ['accesskey', 'api-key'], ['subscriptionkey', 'api-key'], ['masterkey', 'api-key'],
  ['connectionstring', 'secret'],
  ['token', 'session-token'], ['jwt', 'session-token'], ['sessionid', 'session-token'], ['sessid', 'session-token'],
  ['cardnumber', 'payment-card'],
]; // prettier-ignore

/** Names of several, as they end; `keys`, `codes` and `tickets` are lists of things. */
const MANY: readonly (readonly [ending: string, type: SecretType])[] = [
  ['passwords', 'password'], ['passphrases', 'password'], ['pwds', 'password'],
  ['recoverycodes', 'one-time'], ['backupcodes', 'one-time'],
  ['secrets', 'secret'], ['secretkeys', 'secret'], ['privatekeys', 'private-key'],
  ['apikeys', 'api-key'], ['accesskeys', 'api-key'],
  ['tokens', 'session-token'], ['jwts', 'session-token'],
]; // prettier-ignore

/** The last three letters of every name that can promise something: nearly all names of a record are ruled out by them alone. */
export const nameEnds: ReadonlySet<string> = new Set(
  [...Object.keys(NAMES), ...Object.keys(LIKELY), ...[...ENDINGS, ...MANY].map(([ending]) => ending)].map((name) => name.slice(-3)),
);

const NUMERIC = new Set<SecretType>(['one-time', 'payment-card', 'password']);
/** Longer names are data that stands in a key's place. Units: characters. */
const MAX_NAME = 60;

function all(type: SecretType, names: string): Record<string, SecretType> {
  return Object.fromEntries(names.split(' ').map((name) => [name, type]));
}

/** What the name of a header, parameter, cookie or JSON key says about its value; `undefined` for nothing. */
export function secretHint(name: string): NameHint | undefined {
  if (name.length > MAX_NAME) return undefined;
  const plain = plainName(name);
  if (HARMLESS.has(plain)) return undefined;
  const known = Object.hasOwn(NAMES, plain) ? NAMES[plain] : undefined;
  if (known !== undefined) return { type: known, sure: true, numeric: NUMERIC.has(known), many: false };
  const likely = Object.hasOwn(LIKELY, plain) ? LIKELY[plain] : undefined;
  if (likely !== undefined) return { type: likely, sure: false, numeric: false, many: false };
  const ending = ENDINGS.find(([text]) => plain.endsWith(text));
  if (ending !== undefined) return { type: ending[1], sure: true, numeric: NUMERIC.has(ending[1]), many: false };
  const many = MANY.find(([text]) => plain.endsWith(text));
  return many === undefined ? undefined : { type: many[1], sure: true, numeric: false, many: true };
}

/** A name without case and separators: `X-Api-Key`, `apiKey` and `api_key` are written alike. */
export const plainName = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

const SESSION_COOKIE =
  /(?:^|[^a-z])(?:s|sid|sess|session|auth|token|jwt|login|user_session|remember)$|sess(?:ion)?_?id$|session$|sessionid|access_?token|id_?token|refresh_?token|auth_?token|aspxauth|aspnetcore|\.sid$|^laravel_session$|^_gitlab_session$/i;
const NOT_SESSION = /csrf|xsrf|_ga|_gid/i;

/** True for cookies that carry a session, by the names that frameworks give them: `connect.sid`, `__Host-session`, `PHPSESSID`. */
export const isSessionCookie = (name: string): boolean => SESSION_COOKIE.test(name) && !NOT_SESSION.test(name);
