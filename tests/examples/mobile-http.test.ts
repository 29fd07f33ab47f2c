import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MeDocument } from '../../schema/generated/graphql.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { registerUser, WITHOUT_VERIFICATION } from '../support/sessions.ts';

/** What the clients send by default. */
const ACCEPT = {
  'Apollo Kotlin': 'multipart/mixed;deferSpec=20220824, application/graphql-response+json, application/json',
  'Apollo iOS': 'multipart/mixed;deferSpec=20220824,application/graphql-response+json,application/json',
};

describe.each(Object.entries(ACCEPT))('%s', (_client, accept) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp(WITHOUT_VERIFICATION);
  });
  afterAll(() => app.close());

  test('reads the code of a refused token: 401 with the media type of GraphQL', async () => {
    const response = await app.client({ headers: { accept } }).send(MeDocument, undefined, { token: 'gar.ba.ge' });
    expect(response.status).toBe(401);
    expect(response.headers.get('content-type')).toMatch(/^application\/graphql-response\+json\b/);
    expect(response.errors.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED']);
  });

  test('signs up and reads the user without an Origin and without cookies', async () => {
    const { client, accessToken, refreshToken } = await registerUser(app.client({ headers: { accept } }));
    expect(refreshToken).toEqual(expect.any(String));
    const response = await client.send(MeDocument, undefined, { token: accessToken });
    expect(response.headers.get('set-cookie')).toBeNull();
    expect(response.data?.me?.id).toEqual(expect.any(String));
  });
});
