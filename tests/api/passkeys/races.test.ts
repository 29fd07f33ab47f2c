import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { createAuthenticator } from '../../support/authenticator.ts';
import { expectType } from '../../support/client.ts';
import {
  addPasskey,
  finishLogin,
  finishRegistration,
  listPasskeys,
  removePasskey,
  startLogin,
  startRegistration,
} from '../../support/passkeys.ts';
import { describeReplicas } from '../../support/replicas.ts';
import { beginLogin, requireSecondFactor, verifySecondFactor } from '../../support/second-factors.ts';
import { registerUser, WITHOUT_VERIFICATION } from '../../support/sessions.ts';

const TEN = Array.from({ length: 10 }, (_, index) => index);

const countOf = (outcomes: readonly { __typename: string }[], name: string) =>
  outcomes.filter(({ __typename }) => __typename === name).length;

describeReplicas('ten calls at once on two replicas', WITHOUT_VERIFICATION, ({ replica, query, failures }) => {
  const newUser = () => registerUser(replica(0).client());

  test('with one response of a new passkey save it once', async () => {
    const { accessToken, client } = await newUser();
    const { challengeId, options } = expectType(await startRegistration(client, accessToken), 'PasskeyRegistration');
    const response = createAuthenticator().create(options);
    const outcomes = await Promise.all(
      TEN.map((index) => finishRegistration(replica(index).client(), accessToken, { challengeId, response })),
    );
    expect(countOf(outcomes, 'PasskeySaved')).toBe(1);
    expect(countOf(outcomes, 'ChallengeFailed')).toBe(9);
    expect(await listPasskeys(client, accessToken)).toHaveLength(1);
  });

  test('for different registrations share one user handle, and save at most twenty passkeys', async () => {
    const { accessToken, client, user } = await newUser();
    for (let count = 0; count < 15; count++) await addPasskey(client, accessToken);
    const started = await Promise.all(TEN.map((index) => startRegistration(replica(index).client(), accessToken)));
    const outcomes = await Promise.all(
      started.map((begun, index) => {
        const { challengeId, options } = expectType(begun, 'PasskeyRegistration');
        const response = createAuthenticator().create(options);
        return finishRegistration(replica(index).client(), accessToken, { challengeId, response });
      }),
    );
    expect(countOf(outcomes, 'PasskeySaved')).toBe(5);
    expect(countOf(outcomes, 'InvalidInput')).toBe(5);
    const handles = await query(sql`select distinct user_handle from passkeys where user_id = ${user.id}`);
    expect(handles).toHaveLength(1);
  });

  test('that start the first registrations of a user share one user handle', async () => {
    const { accessToken } = await newUser();
    const started = await Promise.all(TEN.map((index) => startRegistration(replica(index).client(), accessToken)));
    const handles = started.map((begun) => JSON.parse(expectType(begun, 'PasskeyRegistration').options).user.id);
    expect(new Set(handles).size).toBe(1);
  });

  test('with one assertion sign in once (T108)', async () => {
    const { accessToken, client } = await newUser();
    const { authenticator } = await addPasskey(client, accessToken);
    const { challengeId, options } = expectType(await startLogin(client), 'PasskeyLogin');
    const response = authenticator.get(options);
    const outcomes = await Promise.all(TEN.map((index) => finishLogin(replica(index).client(), challengeId, response)));
    expect(countOf(outcomes, 'Authenticated')).toBe(1);
    expect(countOf(outcomes, 'ChallengeFailed')).toBe(9);
  });

  test('with one assertion of the second factor sign in once (T108)', async () => {
    const user = await newUser();
    const { authenticator } = await addPasskey(user.client, user.accessToken);
    expectType(await requireSecondFactor(user, true), 'SecondFactorChanged');
    const { challengeId, passkeyOptions } = await beginLogin(user.client, user.email);
    const passkey = authenticator.get(passkeyOptions ?? '');
    const outcomes = await Promise.all(
      TEN.map((index) => verifySecondFactor(replica(index).client(), { challengeId, passkey })),
    );
    expect(countOf(outcomes, 'Authenticated')).toBe(1);
    expect(countOf(outcomes, 'ChallengeFailed')).toBe(9);
  });

  test('that remove the last two ways to sign in leave one', async () => {
    const { accessToken, client, user } = await newUser();
    const [one, two] = [await addPasskey(client, accessToken), await addPasskey(client, accessToken)];
    await query(sql`delete from passwords where user_id = ${user.id}`);
    const outcomes = await Promise.all(
      TEN.map((index) =>
        removePasskey(replica(index).client(), accessToken, index % 4 < 2 ? one.passkey.id : two.passkey.id),
      ),
    );
    expect(countOf(outcomes, 'PasskeyRemoved')).toBe(1);
    expect(await listPasskeys(client, accessToken)).toHaveLength(1);
  });

  test('that sign in while the passkey is removed fail only with a typed outcome', async () => {
    for (let round = 0; round < 3; round++) {
      const { accessToken, client } = await newUser();
      const { authenticator, passkey } = await addPasskey(client, accessToken);
      const attempts = await Promise.all(
        TEN.map(async (index) => {
          const from = replica(index).client();
          const { challengeId, options } = expectType(await startLogin(from), 'PasskeyLogin');
          return () => finishLogin(from, challengeId, authenticator.get(options));
        }),
      );
      const [removed, ...outcomes] = await Promise.all([
        removePasskey(replica(1).client(), accessToken, passkey.id),
        ...attempts.map((attempt) => attempt()),
      ]);
      expectType(removed, 'PasskeyRemoved');
      expect(countOf(outcomes, 'Authenticated') + countOf(outcomes, 'ChallengeFailed')).toBe(10);
    }
    expect(failures()).toEqual([]);
  });
});
