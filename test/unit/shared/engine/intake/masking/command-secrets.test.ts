import { expect, test } from 'vitest';
import { findCommandSecrets } from '#shared/engine/intake/masking/command-secrets.ts';
import { secretHint } from '#shared/engine/intake/masking/secret-names.ts';

const find = (text: string): readonly string[] => findCommandSecrets(text, secretHint).map(({ value }) => value);

test.each([
  ['mycli login --password Gehe1mXy --host db1', 'Gehe1mXy'],
  ['Connect-Thing -Password "tulip ferry"', 'tulip'],
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
  'the password policy was changed on 2026-10-10',
  '192.0.2.1 - - [02/May/2024:17:42:15 +0000] "GET /a HTTP/1.1" 200 12 "-" "curl/8.1"',
])('no secret: %s', (text) => {
  expect(find(text)).toEqual([]);
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
