import { plainName } from './secret-names.ts';

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
  | 'system-prompt';

const NAMES: Readonly<Record<string, NamedType>> = {
  ...all('email', 'email mail emailaddress useremail customeremail contactemail mailto recipientemail'),
  ...all(
    'phone',
    'phone phonenumber mobile mobilenumber mobilephone tel telephone telephonenumber fax cell cellphone msisdn whatsapp homephone workphone contactnumber',
  ),
  ...all(
    'person-name',
    'firstname lastname fullname givenname familyname surname forename middlename displayname realname legalname cardholder cardholdername holdername accountholder customername patientname contactname recipientname ownername billingname shippingname employeename guestname nameoncard',
  ),
  ...all(
    'postal-address',
    'address address1 address2 addressline1 addressline2 line1 line2 street street1 street2 streetaddress streetname postaladdress homeaddress billingaddress shippingaddress deliveryaddress mailingaddress postalcode postcode zipcode zip plz',
  ),
  ...all('date-of-birth', 'dob birthdate birthday dateofbirth birth born bday'),
  ...all(
    'amount',
    'amount total subtotal price balance salary cost fee tax refundamount creditlimit grandtotal unitprice totalprice amountdue income revenue payout',
  ),
  ...all(
    'health',
    'diagnosis diagnoses icd10 icd icdcode medication medications prescription prescriptions bloodtype bloodgroup allergy allergies patientid medicalrecordnumber mrn symptoms symptom treatment medicalhistory healthinsurancenumber disability',
  ),
  ...all('bank-account', 'accountnumber bankaccount bankaccountnumber routingnumber sortcode swift swiftcode bic bankcode aba'),
  ...all('iban', 'iban'),
  ...all('us-ssn', 'ssn socialsecuritynumber socialsecurity socialsecurityno'),
  ...all(
    'national-id',
    'nationalid nationalidnumber passport passportnumber passportno nino personnummer taxid taxnumber driverlicense driverslicense driverlicensenumber idcardnumber steuerid cpf aadhaar',
  ),
  ...all('geolocation', 'lat latitude lon lng longitude geo geolocation latlng latlong coordinates gps'),
  ...all('device-id', 'deviceid imei idfa gaid androidid udid macaddress deviceserial advertisingid'),
  ...all('ip-address', 'ip ipaddress clientip remoteip ipv4 ipv6 lastip lastloginip'),
  ...all('payment-card', 'cardnumber ccnumber creditcardnumber pan cardno'),
  ...all('system-prompt', 'systemprompt systeminstruction systeminstructions systemmessage'),
};

/** Above a bare `name`, these say that it is a person's. */
const PEOPLE = new Set(
  'user users customer customers person people persons contact contacts employee employees patient patients owner author assignee requester recipient recipients member members holder buyer lead leads sender guest student teacher driver passenger beneficiary account profile from to billing shipping'.split(
    ' ',
  ),
);

function all(type: NamedType, names: string): Record<string, NamedType> {
  return Object.fromEntries(names.split(' ').map((name) => [name, type]));
}

/** The kind of data that a field is named for; `undefined` for names that promise nothing. */
export function namedType(key: string, parent: string | undefined): NamedType | undefined {
  const plain = plainName(key);
  if (Object.hasOwn(NAMES, plain)) return NAMES[plain];
  if (plain === 'name' && parent !== undefined && PEOPLE.has(plainName(parent))) return 'person-name';
  if (plain.endsWith('email')) return 'email';
  if (plain.endsWith('phonenumber') || plain.endsWith('phone')) return 'phone';
  if (plain.endsWith('ipaddress')) return 'ip-address';
  if (plain.endsWith('amount')) return 'amount';
  return undefined;
}
