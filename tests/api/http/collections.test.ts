import { readdirSync, readFileSync } from 'node:fs';
import { parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type TestApp } from '../../support/app.ts';
import { altair, bruno, openTool, postman, readCollection, sendsBearer } from '../../support/collections.ts';
import { committedSchema, examples, operationsOf, variableProblems } from '../../support/examples.ts';
import { uniqueEmail } from '../../support/people.ts';

const OPERATIONS = new URL('../../../schema/operations/', import.meta.url);
const names = readdirSync(OPERATIONS).flatMap((file) =>
  operationsOf(parse(readFileSync(new URL(file, OPERATIONS), 'utf8'))).map(({ name }) => name?.value ?? ''),
);

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ OTP_RESEND_COOLDOWN: '0s' });
});
afterAll(() => app.close());

describe.each([postman(), bruno(), altair()])('the collection for $name', (tool) => {
  const requests = tool.requests.filter(({ graphql }) => graphql !== undefined);

  test('has each operation once, in its folder, with the access token', () => {
    expect(requests.map(({ name }) => name).sort()).toEqual(names.sort());
    expect([...new Set(requests.map(({ folder }) => folder))]).toEqual(examples.groups.map(({ name }) => name));
    for (const request of requests) expect([request.name, sendsBearer(request)]).toEqual([request.name, true]);
  });

  test('has documents and variables that are valid', () => {
    for (const { name, graphql } of requests) {
      const { query, variables } = graphql ?? { query: '', variables: '{}' };
      const problems = [...validate(committedSchema, parse(query)), ...variableProblems(query, JSON.parse(variables))];
      expect([name, problems]).toEqual([name, []]);
    }
  });

  test('uses only variables that it has', () => {
    const used = JSON.stringify(tool.requests).matchAll(/\{\{(\w+)\}\}/g);
    for (const [, variable = ''] of used) expect(Object.keys(tool.variables)).toContain(variable);
  });

  test('is understood by the service without a change, also before a sign-in', async () => {
    const { run } = openTool(tool, { url: app.url, email: uniqueEmail() });
    for (const { name } of requests) {
      const { data, errors = [] } = await run(name);
      const codes = errors.map(({ extensions }) => extensions.code).filter((code) => code !== 'UNAUTHENTICATED');
      expect([name, data === undefined, codes]).toEqual([name, false, []]);
    }
  });

  test('leads from a sign-up to the signed-in user: its scripts keep the challenge, the code and the tokens', async () => {
    const email = uniqueEmail();
    const { variables, run } = openTool(tool, { url: app.url, email });
    expect(await run('RegisterEmail')).toMatchObject({ data: { registerEmail: { __typename: 'Challenge' } } });
    const [message] = await app.mail(email);
    // Altair sends nothing but GraphQL.
    if (tool.name === 'Altair') variables.code = message?.code ?? '';
    else await run('ReadCode');
    expect(await run('VerifyEmail')).toMatchObject({ data: { verifyEmail: { __typename: 'Authenticated' } } });
    expect(await run('Me')).toMatchObject({ data: { me: { email, firstName: 'Ada' } } });
    const before = variables.refreshToken;
    expect(await run('Refresh')).toMatchObject({ data: { refresh: { __typename: 'Authenticated' } } });
    expect(variables.refreshToken).not.toBe(before);
    expect(await run('Reauthenticate')).toMatchObject({ data: { reauthenticate: { __typename: 'Reauthenticated' } } });
    expect(await run('Me')).toMatchObject({ data: { me: { email } } });
    expect(await run('Logout')).toMatchObject({ data: { logout: { __typename: 'LoggedOut' } } });
    expect(variables.accessToken).toBe('');
  });
});

test('no collection has a token or another secret', () => {
  for (const file of readdirSync(new URL('../../../schema/collections', import.meta.url), { recursive: true }))
    if (/\.\w+$/.test(String(file))) expect(readCollection(String(file))).not.toMatch(/eyJ[\w-]+\./);
});

test('the files are of the formats that the tools import', () => {
  expect(JSON.parse(readCollection('latchkey.postman_collection.json')).info.schema).toBe(
    'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
  );
  expect(JSON.parse(readCollection('bruno/bruno.json'))).toMatchObject({ version: '1', type: 'collection' });
  expect(JSON.parse(readCollection('latchkey.agc'))).toMatchObject({ version: 1, type: 'collection' });
  expect(JSON.parse(readCollection('latchkey.agx'))).toMatchObject({ version: 1, type: 'environment' });
});
