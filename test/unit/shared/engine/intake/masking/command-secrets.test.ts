import { expect, test } from 'vitest';
import { nodeCrypto } from '#electron/node/crypto.ts';
import { createIntake } from '#shared/engine/intake/intake.ts';
import { findCommandSecrets, findListedSecrets } from '#shared/engine/intake/masking/command-secrets.ts';
import { secretHint } from '#shared/engine/intake/masking/secret-names.ts';

const find = (text: string): readonly string[] => findCommandSecrets(text, secretHint).map(({ value }) => value);

test.each([
  ['mycli login --password Gehe1mXy --host db1', 'Gehe1mXy'],
  ['Connect-Thing -Password "tulip ferry"', 'tulip ferry'],
  ['deploy --api-key 9f8e7d6c5b4a x', '9f8e7d6c5b4a'],
  ['{"command":"deploy --token \\"Gehe1mXy\\""}', 'Gehe1mXy'],
  ['curl -s -u admin:Gehe1mXy https://shop.example', 'Gehe1mXy'],
  ["curl --user 'admin:Gehe1mXy' https://shop.example", 'Gehe1mXy'],
  ['mysql -u root -pGehe1mXy shop', 'Gehe1mXy'],
  ["sshpass -p 'Gehe1mXy' ssh ann@shop.example", 'Gehe1mXy'],
  ['docker login -u ann -p Gehe1mXy registry.example', 'Gehe1mXy'],
  ['redis-cli -h db -a Gehe1mXy get x', 'Gehe1mXy'],
  ["ALTER USER ann IDENTIFIED BY 'Gehe1mXy';", 'Gehe1mXy'],
  ["CREATE ROLE ann WITH PASSWORD 'Gehe1mXy';", 'Gehe1mXy'],
  ['machine shop.example login ann password Gehe1mXy', 'Gehe1mXy'],
  ['ConvertTo-SecureString "Gehe1mXy" -AsPlainText -Force', 'Gehe1mXy'],
  ['aws configure set aws_secret_access_key Gehe1mXyGehe1mXy', 'Gehe1mXyGehe1mXy'],
  ['setx API_KEY Gehe1mXy', 'Gehe1mXy'],
  ['echo Gehe1mXy | sudo -S id', 'Gehe1mXy'],
  ['curl "https://shop.example/?a=1&b=2" -u admin:Gehe1mXy', 'Gehe1mXy'],
  ['curl -su admin:Gehe1mXy https://shop.example', 'Gehe1mXy'],
  ['curl \\\n  -u admin:Gehe1mXy https://shop.example', 'Gehe1mXy'],
  ["curl -u 'admin:Ge&he(1m)Xy!' https://shop.example", 'Ge&he(1m)Xy!'],
  ['sshpass -p "Ge&he1m Xy lang" ssh ann@shop.example', 'Ge&he1m Xy lang'],
  ["Connect-Thing -Password 'Ge&he(1m)Xy' -Host db", 'Ge&he(1m)Xy'],
  ["New-LocalUser ann -Password (ConvertTo-SecureString 'Gehe1mXy' -AsPlainText -Force)", 'Gehe1mXy'],
  ['ConvertTo-SecureString -AsPlainText -Force -String Gehe1mXy', 'Gehe1mXy'],
  ['ConvertTo-SecureString "Gehe`"1m`$Xy" -AsPlainText', 'Gehe`"1m`$Xy'],
  ["ConvertTo-SecureString 'Gehe''1mXy' -AsPlainText", "Gehe''1mXy"],
  ['[Net.NetworkCredential]::new("ann", "Gehe1mXy")', 'Gehe1mXy'],
  ['Invoke-RestMethod $u -Credential ann:Gehe1mXy', 'Gehe1mXy'],
  ['net use Z: \\\\srv\\share Gehe1m^&Xy /user:SHOP\\ann', 'Gehe1m^&Xy'],
  ['net use \\\\srv\\share /user:ann Gehe1mXy /persistent:no', 'Gehe1mXy'],
  ['net user ann Gehe1mXy /add', 'Gehe1mXy'],
  ['plink.exe -ssh -pw Gehe1mXy ann@shop.example', 'Gehe1mXy'],
  ['psexec \\\\srv -u ann -p Gehe1m^|Xy cmd', 'Gehe1m^|Xy'],
  ['curl ^\n  -u admin:Gehe1mXy https://shop.example', 'Gehe1mXy'],
  ['curl `\n  -u admin:Gehe`&1mXy https://shop.example', 'Gehe`&1mXy'],
  ['sshpass -p Gehe\\&1mXy ssh ann@shop.example', 'Gehe\\&1mXy'],
  ["sshpass -p 'Gehe'\\''1mXy' ssh ann@shop.example", "Gehe'\\''1mXy"],
  ['sshpass -p "Gehe\\"1mXy" ssh ann@shop.example', 'Gehe\\"1mXy'],
  ['schtasks /create /tn x /ru ann /rp Gehe1mXy', 'Gehe1mXy'],
  ['smbclient //srv/share -U ann%Gehe1mXy', 'Gehe1mXy'],
  ['curl -u admin:letmein https://shop.example', 'letmein'],
  ['sshpass -p 123456 ssh ann@shop.example', '123456'],
])('%s', (text, value) => {
  expect(find(text)).toContain(value);
});

test.each([
  'use --token to sign in, --password PASSWORD or -Password $secure',
  'cat a | docker login -u ann --password-stdin',
  'docker compose run --rm login -p 8080:80',
  'docker run -u 1000:1000 -p 8080:80 nginx',
  'mkdir -p src/App2/Key3 && cp -a x1y2z3 .',
  'grep -u admin:Gehe1mXy notes.txt; ssh -p 2222 ann@shop.example',
  'mysql -u root -p shop | tee log -p4ssw0rd',
  'git config set user.name Ann7',
  'net use Z: \\\\srv\\share /persistent:no; net user growth slowed; net user ann * /add',
  'Get-Thing -Credential $cred -Password $secure; ConvertTo-SecureString $plain -AsPlainText -Force',
  'Invoke-Command -Credential SHOP\\\\ann',
  'the password policy was changed on 2026-10-10',
  '192.0.2.1 - - [02/May/2024:17:42:15 +0000] "GET /a HTTP/1.1" 200 12 "-" "curl/8.1"',
])('no secret: %s', (text) => {
  expect(find(text)).toEqual([]);
});

const listed = (text: string): readonly string[] => findListedSecrets(text, secretHint).map(({ start, end }) => text.slice(start, end));

test.each([
  ['["-u","admin:Gehe1mXy"]', 'Gehe1mXy'],
  ['{"cmd":["curl","-s","-u","admin:Gehe1m, Xy","https://shop.example"]}', 'Gehe1m, Xy'],
  ['["deploy", "--password", "letmein"]', 'letmein'],
  ['["--password","two words 1"]', 'two words 1'],
  ["['psql', '-h', 'db', '--password', 'Gehe1mXy']", 'Gehe1mXy'],
  ['{"command":"mysql","args":["-u","root","-pGehe1mXy","shop"]}', 'Gehe1mXy'],
  ['{"log":"ran [\\"sshpass\\", \\"-p\\", \\"Gehe1mXy\\", \\"ssh\\"]"}', 'Gehe1mXy'],
  ['["--password","x"]', 'x'],
  ['["-Password","Ge&he|1m"]', 'Ge&he|1m'],
  ['[\n  "docker",\n  "login",\n  "-p",\n  "Gehe1mXy"\n]', 'Gehe1mXy'],
])('a list of arguments: %s', (text, value) => {
  expect(listed(text)).toContain(value);
});

test.each([
  '["docker","run","-u","1000:1000","-p","8080:80","nginx"]',
  '["--user","ann","--password","$DB_PASSWORD"]',
  '["--password","--host","db1"]',
  '{"tags":["-u"],"a":"b:cdefg"}',
  '["grep","-p","Gehe1mXy"]',
])('no secret in a list: %s', (text) => {
  expect(listed(text)).toEqual([]);
});

test.each(['"-u","', '["--password","a",', '"-a",'])('a megabyte of the list %j takes no square of its length', (piece) => {
  const text = piece.repeat(1_000_000 / piece.length);
  const started = performance.now();
  listed(text);
  expect(performance.now() - started).toBeLessThan(4000);
});

test.each(['curl -u a', 'mysql --a ', 'echo a', 'machine a login b ', '--password ', ' -token', "IDENTIFIED BY ' "])(
  'a megabyte of %j takes no square of its length',
  (piece) => {
    const text = piece.repeat(1_000_000 / piece.length);
    const started = performance.now();
    find(text);
    expect(performance.now() - started).toBeLessThan(4000);
  },
);

test('pairs of an option and its value in one body take no square of their number', () => {
  const intake = createIntake(nodeCrypto, new Uint8Array(32).fill(7));
  const timeOf = (pairs: number): number => {
    const text = JSON.stringify(Array.from({ length: pairs }, () => ['--password', 'x']).flat());
    const started = performance.now();
    intake.maskCall({
      timeKind: 'unknown', zoneKnown: false, method: 'GET', path: '/x',
      responseBody: { text, mime: 'application/json', encoding: 'text', bytes: undefined, note: undefined },
    }); // prettier-ignore
    return performance.now() - started;
  };
  timeOf(900);
  const small = Math.min(...Array.from({ length: 5 }, () => timeOf(900)));
  // Ten times as many: a hundred times as long if each were looked for among all.
  expect(Math.min(timeOf(9000), timeOf(9000)) / small).toBeLessThan(30);
});
