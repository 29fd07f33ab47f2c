import { parse as gql } from 'graphql';
import { expect, test } from 'vitest';
import { LogoutAllDocument } from '../../../schema/generated/graphql.ts';
import { describeApollo, ME, refusalOf } from '../../support/apollo-app.ts';
import { noNetwork, signedIn, testLatchkey } from '../../support/latchkey.ts';

const MINUTE = 60;

describeApollo('with @latchkey/client', ({ version, apollo, app, clock, openApp, openSignedIn }) => {
  test('sends the token', async () => {
    const { me, sent, latchkey } = await openSignedIn();
    expect((await me()).data?.me.email).toBe(latchkey.email);
    expect(sent).toEqual([{ operation: 'Me', token: expect.stringMatching(/^Bearer ./) }]);
  });

  test('sends no token and tries once if the user is signed out', async () => {
    const latchkey = testLatchkey(app());
    const { me, sent } = openApp(latchkey);
    expect(await refusalOf(me())).toContain('UNAUTHENTICATED');
    expect(sent).toEqual([{ operation: 'Me', token: null }]);
  });

  test('operations of a page that was just opened wait for one renewal', async () => {
    const { storage, email } = await signedIn(app());
    const latchkey = testLatchkey(app(), { storage });
    const { client } = openApp(latchkey);
    const queries = ['a', 'b', 'c'].map((alias) =>
      client.query({ query: gql(`query Me { me { id ${alias}: email } }`) }),
    );
    expect(await Promise.all(queries)).toMatchObject([{ data: { me: { a: email } } }, {}, {}]);
    expect(latchkey.sent).toEqual(['Refresh']);
  });

  test('renews the token before it expires', async () => {
    const { me, latchkey, sent } = await openSignedIn();
    latchkey.passTime(9.6 * MINUTE);
    await Promise.all([me(), me()]);
    expect(latchkey.sent).toEqual(['Refresh']);
    expect(sent.every(({ operation }) => operation === 'Me')).toBe(true);
  });

  test('renews a token that the service refuses, once for all operations', async () => {
    const { client, me, rename, latchkey, sent } = await openSignedIn();
    clock.advance(11 * MINUTE * 1000);
    const [first, renamed] = await Promise.all([me(), rename('Ada')]);
    expect(first.data?.me.email).toBe(latchkey.email);
    expect(renamed.data).toMatchObject({ updateProfile: { user: { firstName: 'Ada' } } });
    expect(latchkey.sent).toEqual(['Refresh']);
    expect(sent.map(({ operation }) => operation).sort()).toEqual(['Me', 'Me', 'Rename', 'Rename']);
    expect(client.readQuery<{ me: { firstName: string } }>({ query: ME })?.me.firstName).toBe('Ada');
  });

  test('an outage ends the operation with an error, keeps the session, and a later attempt works', async () => {
    const { me, latchkey, sent } = await openSignedIn();
    latchkey.passTime(10 * MINUTE);
    latchkey.network.interfere = noNetwork;
    expect(await refusalOf(me())).toContain('UNAVAILABLE');
    expect(latchkey.session.status).toBe('signedIn');
    expect(sent).toEqual([]);
    latchkey.network.interfere = undefined;
    expect((await me()).data?.me.email).toBe(latchkey.email);
  });

  test('a session that was ended elsewhere ends here with the next operation', async () => {
    const { me, latchkey } = await openSignedIn();
    await app()
      .client({ token: (await latchkey.accessToken()) ?? '' })
      .request(LogoutAllDocument, { input: {} });
    expect(await refusalOf(me())).toContain('UNAUTHENTICATED');
    expect(latchkey.session).toMatchObject({ status: 'signedOut', reason: 'REVOKED' });
    expect(latchkey.sent).toEqual(['Refresh']);
  });

  test('fragments on interfaces match, with the possible types', async () => {
    const { client } = openApp(testLatchkey(app()));
    const { data } = await client.mutate({
      mutation: gql(`mutation Login {
        login(input: { identifier: "ada@example.com", password: "wrong" }) { __typename ... on Problem { message } }
      }`),
    });
    expect(data).toEqual({ login: { __typename: 'InvalidCredentials', message: expect.any(String) } });
  });

  test(`is version ${version}`, () => {
    const { ApolloClient, ApolloLink, InMemoryCache } = apollo();
    const client = new ApolloClient({ link: ApolloLink.empty(), cache: new InMemoryCache() });
    expect(client.version).toMatch(new RegExp(`^${version}\\.`));
  });
});
