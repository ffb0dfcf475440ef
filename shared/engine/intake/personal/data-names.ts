import { nationalIds } from './national-ids/index.ts';
import { plainName } from '../masking/secret-names.ts';

/** What a field's name lets its value be, where the value alone would not tell. */
export type NamedType =
  | 'email'
  | 'phone'
  | 'person-name'
  | 'postal-address'
  | 'date-of-birth'
  | 'amount'
  | 'health'
  | 'bank-account'
  | 'iban'
  | 'us-ssn'
  | 'national-id'
  | 'geolocation'
  | 'device-id'
  | 'ip-address'
  | 'payment-card'
  | 'system-prompt'
  | 'free-text';

const NAMES: Readonly<Record<string, NamedType>> = {
  ...all('email', 'email mail emailaddress useremail customeremail contactemail mailto recipientemail'),
  ...all(
    'phone',
    'phone phonenumber mobile mobilenumber mobilephone tel telephone telephonenumber fax cell cellphone msisdn whatsapp homephone workphone contactnumber phoneno mobileno handy telefon telefono telefone',
  ),
  ...all(
    'person-name',
    'firstname lastname fullname givenname familyname surname forename middlename displayname realname legalname cardholder cardholdername holdername accountholder accountholdername customername patientname contactname recipientname ownername billingname shippingname employeename guestname nameoncard passengername membername studentname payeename beneficiaryname maidenname nachname vorname apellido apellidos nombrecompleto prenom nomcomplet cognome holder',
  ),
  ...all(
    'postal-address',
    'address address1 address2 addressline addressline1 addressline2 addressline3 line1 line2 street street1 street2 streetaddress streetname postaladdress homeaddress workaddress billingaddress shippingaddress deliveryaddress mailingaddress residentialaddress postalcode postcode zipcode zip plz deliverto strasse anschrift adresse direccion endereco indirizzo',
  ),
  ...all(
    'date-of-birth',
    'dob birthdate birthday dateofbirth birth born bornon bday birthdt birthdateiso geburtsdatum geburtstag fechanacimiento datenaissance datadinascita',
  ),
  ...all(
    'amount',
    'amount total subtotal price balance salary cost fee tax refundamount creditlimit grandtotal unitprice totalprice amountdue income revenue payout',
  ),
  ...all(
    'health',
    'diagnosis diagnoses icd10 icd icdcode icd10code medication medications prescription prescriptions bloodtype bloodgroup allergy allergies medicalrecordnumber mrn symptoms symptom treatment medicalhistory healthinsurancenumber disability snomed snomedcode drugname dosage vaccination vaccinations',
  ),
  ...all('bank-account', 'accountnumber bankaccount bankaccountnumber routingnumber sortcode swift swiftcode bic bankcode aba'),
  ...all('iban', 'iban'),
  ...all('us-ssn', 'ssn socialsecuritynumber socialsecurity socialsecurityno taxpayerid ssnlast'),
  ...all(
    'national-id',
    'nationalid nationalidnumber passport passportnumber passportno taxid taxnumber taxpayernumber driverlicense driverslicense driverlicensenumber idcardnumber idcard identitynumber citizenid personalid personalnumber',
  ),
  ...all('national-id', nationalIds.flatMap(({ names }) => names).join(' ')),
  ...all('geolocation', 'lat latitude lon lng longitude geo geolocation latlng latlong coordinates gps'),
  ...all('device-id', 'deviceid imei imsi idfa gaid androidid udid macaddress deviceserial advertisingid'),
  ...all('ip-address', 'ip ipaddress clientip remoteip ipv4 ipv6 lastip lastloginip remoteaddr ipaddr sourceip srcip dstip'),
  ...all('payment-card', 'cardnumber ccnumber creditcardnumber pan cardno'),
  ...all('system-prompt', 'systemprompt systeminstruction systeminstructions systemmessage'),
  ...all(
    'free-text',
    'text message comment comments note notes description body content contentstring markdown reason feedback question answer reply remarks bio about complaint instructions freetext summary abstract excerpt synopsis',
  ),
};

/** Ends of longer names that promise as much as they do alone; `address`, `pan` and `name` promise less with other words before them. */
const ENDS = new Set(
  'email mail emailaddress phone phonenumber mobilenumber mobile telephone whatsapp firstname lastname fullname surname givenname familyname displayname streetaddress street postcode postalcode zipcode dob birthdate dateofbirth birthday iban ssn socialsecuritynumber bic ipaddress ip lat lng latitude longitude amount price salary revenue imei deviceid passport passportnumber cardholdername nationalid cpf nino nric pesel bsn personnummer aadhaar diagnosis medication cardnumber'.split(
    ' ',
  ),
);

/** Above a bare `name`, these say that it is a person's. */
const PEOPLE = new Set(
  'user users customer customers person people persons contact contacts employee employees patient patients owner author assignee requester recipient recipients member members holder buyer lead leads sender guest student teacher driver passenger beneficiary profile from to billing shipping shipto billto deliverto sendto shippingaddress billingaddress deliveryaddress postaladdress homeaddress shippingdetails billingdetails practitioner doctor physician nurse caller applicant candidate subscriber attendee traveler traveller insured policyholder payee payer cardholder'.split(
    ' ',
  ),
);
/** Objects that are an address: their parts are parts of it. */
const ADDRESSES =
  /^(?:(?:postal|home|work|billing|shipping|delivery|mailing|street|residential|customer|legal)?address(?:es)?|shipto|billto|deliverto|postal|shipping|billing|adresse|anschrift|location_address)$/;
const ADDRESS_PARTS = new Set(
  'city town locality line lines line1 line2 line3 text street1 suburb district county region state province zip postcode postalcode stadt ort ville ciudad cidade'.split(
    ' ',
  ),
);
/** Objects that hold a sum and its currency. */
const MONEY_OBJECTS = /^(?:due|amountdue|paid|total|grandtotal|subtotal|price|unitprice|cost|fee|amount|charge|balance|refund|payout)$/;
const HEALTH_OBJECTS =
  /^(?:medication|medicationcodeableconcept|medicationreference|conclusioncode|diagnosis|diagnoses|condition|allergyintolerance|reaction|immunization|vaccine|vaccinecode|drug|prescription|symptoms?)$/;
/** Names that say nothing about what they hold. */
const CONTAINERS = new Set(
  'value val values data content contents item items result results info field text text1 payload attribute attributes property string input output raw body entry'.split(
    ' ',
  ),
);

/** Names that hold a sum of money where a currency stands beside them, and any number elsewhere. */
const SUMS = new Set('value val sum net gross paid due charge charged charges credit debit payable outstanding refund refunded'.split(' '));
const CURRENCIES = /^(?:[a-z]{0,20}currency(?:code|iso|id)?|ccy)$/;
/** Names of what a person says to another one, however short; the other names of texts stand over those of programs as often. */
const SAID = new Set('reason comment comments note notes feedback answer reply remarks complaint question'.split(' '));

/** Names that look like a person's or an address and often are of things: the value has to speak for itself. */
const DOUBTFUL = new Set('total displayname holder deliverto line1 line2 legalname'.split(' '));

/** What a field's place lets expect of its values, whatever they are. */
export interface FieldPrior {
  readonly type: NamedType | undefined;
  /** True when the name is that of other things as often: the value must look like the type on its own. */
  readonly isDoubtful: boolean;
  /** True for the part of an address, which may be a single word. */
  readonly isPart: boolean;
  /** True for a bare `name` with nothing said above it, and for texts of names. */
  readonly isBareName: boolean;
  /** True for `value`, `data` and other names of containers. */
  readonly isContainer: boolean;
  /** True for codes of a terminology: `coding[*].code`. */
  readonly isCoding: boolean;
  /** True for what an object of identifiers holds: `identifier[*].value`. */
  readonly isIdentifier: boolean;
  /** True for versions, builds and the like, whose four numbers are no address. */
  readonly isVersion: boolean;
  /** True for ids, numbers and codes of things. */
  readonly isId: boolean;
  /** True for dates that say of what they are. */
  readonly isOtherDate: boolean;
  /** True for names that hold money only beside a currency. */
  readonly isSum: boolean;
  /** True for the code of a currency. */
  readonly isCurrency: boolean;
  /** True for what a person says to another one. */
  readonly isSaid: boolean;
}

function all(type: NamedType, names: string): Record<string, NamedType> {
  return Object.fromEntries(names.split(' ').map((name) => [name, type]));
}

const VERSION = /version|build|release|revision|firmware|oid|semver|^ver$|^rev$/;
const ID = /^(?:id|uid|key|sku|ref|code|no)$|(?:Id|ID|_id|-id|[Nn]umber|[Rr]ef|[Rr]eference|[Cc]ode)$/;
const OTHER_DATE =
  /date|day|time|(?:^|_)(?:on|at)$|[a-z](?:On|At)$|since|until|from|start|end|created|updated|founded|released?|published|expir|valid|issued|joined|hired|due|year|opened|closed|period/;

/** What the name of a field and the names above it promise. Shape: `keys` from the root down, the field's own last; lists leave no key. */
export function priorOf(keys: readonly string[]): FieldPrior {
  const key = keys.at(-1) ?? '';
  const plain = plainName(key);
  const above = keys.slice(0, -1).map(plainName).reverse();
  const parent = above[0] ?? '';
  const inAddress = ADDRESSES.test(parent);
  const isPart = inAddress && (ADDRESS_PARTS.has(plain) || plain === 'city');
  const isMoney = plain === 'value' && MONEY_OBJECTS.test(parent);
  const isHealth = above.slice(0, 3).some((each) => HEALTH_OBJECTS.test(each)) && /^(?:text|display|name|code)$/.test(plain);
  const named = isHealth ? 'health' : isPart ? 'postal-address' : isMoney ? 'amount' : namedType(key, keys.at(-2));
  const isBareName = named === undefined && (plain === 'name' || plain === 'nome' || plain === 'nombre' || plain === 'nom');
  const isNameText = parent === 'name' && /^(?:text|full|formatted|display|given|family)$/.test(plain);
  return {
    type: isNameText && named === 'free-text' ? undefined : named,
    isDoubtful: DOUBTFUL.has(plain) && !inAddress,
    isPart: isPart || /^(?:zip|zipcode|plz|postcode|postalcode)$/.test(plain),
    isBareName: isBareName || isNameText,
    isContainer: CONTAINERS.has(plain),
    isCoding: plain === 'code' && parent === 'coding',
    isIdentifier: parent === 'identifier' || parent === 'identifiers' || plain === 'identifier',
    isVersion: VERSION.test(plain),
    isId: ID.test(key),
    isOtherDate: OTHER_DATE.test(key) && !/birth|born/i.test(key),
    isSum: SUMS.has(plain),
    isCurrency: CURRENCIES.test(plain),
    isSaid: SAID.has(plain),
  };
}

/** The kind of data that a field is named for; `undefined` for names that promise nothing. */
export function namedType(key: string, parent: string | undefined): NamedType | undefined {
  const plain = plainName(key);
  if (Object.hasOwn(NAMES, plain)) return NAMES[plain];
  if (plain === 'name' && parent !== undefined && PEOPLE.has(plainName(parent))) return 'person-name';
  const words = key
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  for (let from = 1; from < words.length; from += 1) {
    const end = words.slice(from).join('');
    if (ENDS.has(end)) return NAMES[end];
  }
  if (plain.endsWith('phonenumber') || plain.endsWith('ipaddress') || plain.endsWith('email'))
    return NAMES[plain.endsWith('email') ? 'email' : plain.endsWith('ipaddress') ? 'ipaddress' : 'phone'];
  return plain.endsWith('amount') ? 'amount' : undefined;
}

/** The keys of a field's pointer: `$.items[*].name` → `items`, `name`. */
export function keysOf(field: string): readonly string[] {
  const place = field.slice(field.lastIndexOf('|') + 1);
  return [...place.matchAll(/\.([A-Za-z_$][\w$-]*)|\["((?:[^"\\]|\\.)*)"\]/g)].map((match) => match[1] ?? match[2] ?? '');
}
