import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { RequestPasswordResetDocument, ResetPasswordDocument } from '../../../schema/generated/graphql.ts';
import { deleteAccount, submitPage, waitForMessage } from '../../support/account-changes.ts';
import type { TestApp } from '../../support/app.ts';
import { login, me } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { PASSWORD, signUp } from '../../support/people.ts';
import { confirmOtp, receiveCode, requestOtp, uniquePhone, verifyNumber } from '../../support/phones.ts';
import { useReplicas, withinASecond } from '../../support/replicas.ts';
import { describePostgres } from '../../support/servers.ts';
import { tokenFromLink } from '../../support/verification.ts';

// Numbers, resets, deletions and sign-ins at the same moment, on two replicas and PostgreSQL.

const NEW_PASSWORD = 'saffron-glacier-57-trumpet';

describePostgres('parallel requests on two replicas', () => {
  const { app, replica, query, failures } = useReplicas({
    OTP_RESEND_COOLDOWN: '0s',
    LOGIN_BUDGET_ACCOUNT: '100/15m',
  });
  const atOnce = <T>(acts: ((replica: TestApp) => Promise<T>)[]): Promise<T[]> =>
    Promise.all(acts.map((act, index) => act(replica(index))));

  async function signUpWithNumber() {
    const person = await signUp(app());
    const phone = uniquePhone();
    expectType(await verifyNumber(app(), person.client, person.accessToken, phone), 'PhoneVerified');
    return { ...person, phone };
  }

  async function requestReset(phone: string) {
    const before = (await app().mail(phone, 0)).length;
    const requested = await app()
      .client()
      .request(RequestPasswordResetDocument, { input: { identifier: phone } });
    const { id: challengeId } = expectType(requested.requestPasswordReset, 'Challenge');
    return { challengeId, code: (await app().mail(phone, before + 1))[0]?.code ?? '' };
  }

  const reset = async (replica: TestApp, submission: { challengeId: string; code: string }) =>
    (await replica.client().request(ResetPasswordDocument, { input: { ...submission, newPassword: NEW_PASSWORD } }))
      .resetPassword;

  test('deleting an account during sign-ins, verifications and resets by SMS leaves nothing behind, and nothing fails (T72)', async () => {
    for (let round = 0; round < 6; round++) {
      const ada = await signUpWithNumber();
      const token = ada.accessToken;
      const signIn = await receiveCode(app(), ada.client, { phone: ada.phone });
      const again = await receiveCode(app(), ada.client, { phone: ada.phone });
      const other = { phone: uniquePhone(), purpose: 'VERIFY' as const, password: PASSWORD };
      const change = await receiveCode(app(), ada.client, other, { token });
      const forgotten = await requestReset(ada.phone);
      const startedTokens = [token];
      const signInWith = (submission: { challengeId: string; code: string }) => async (replica: TestApp) => {
        const result = await confirmOtp(replica.client({ headers: { 'user-agent': `x${round}` } }), submission);
        if (result.__typename === 'Authenticated') startedTokens.push(result.accessToken);
        return result.__typename;
      };
      const ignoringUnauthenticated = (act: (replica: TestApp) => Promise<unknown>) => (replica: TestApp) =>
        act(replica).catch((error: Error) => expect(error.message).toContain('UNAUTHENTICATED'));
      const [gone] = await atOnce<unknown>([
        (replica) => deleteAccount({ ...ada, client: replica.client() }).catch((error: Error) => error.message),
        signInWith(signIn.submission),
        ignoringUnauthenticated((replica) => confirmOtp(replica.client(), change.submission, { token })),
        signInWith(again.submission),
        (replica) => requestOtp(replica.client(), { phone: ada.phone }),
        (replica) => replica.client().request(RequestPasswordResetDocument, { input: { identifier: ada.phone } }),
        ignoringUnauthenticated((replica) =>
          requestOtp(replica.client(), { ...other, phone: uniquePhone() }, { token }),
        ),
        (replica) => (round % 3 === 0 ? reset(replica, forgotten) : me(replica.client(), '')),
      ]);
      if (typeof gone === 'string') expect(gone).toContain('UNAUTHENTICATED'); // The reset came first.
      if (typeof gone === 'string') continue;
      expect(gone).toMatchObject({ __typename: 'AccountDeleted' });
      const id = ada.user.id;
      expect(await query(sql`select id from users where id = ${id}`)).toEqual([]);
      expect(await query(sql`select id from sessions where user_id = ${id}`)).toEqual([]);
      expect(await query(sql`select id from challenges where user_id = ${id}`)).toEqual([]);
      for (const accessToken of startedTokens)
        await withinASecond(async () => !(await me(app().client(), accessToken)));
    }
    expect(failures()).toEqual([]);
  });

  test('“this wasn’t me” removes the number for good, whatever an attacker does with it at that moment (T54)', async () => {
    for (let round = 0; round < 5; round++) {
      const ada = await signUpWithNumber();
      const notMe = tokenFromLink((await waitForMessage(app(), ada.email, 'phone-changed')).link);
      const token = ada.accessToken;
      const signIn = await receiveCode(app(), ada.client, { phone: ada.phone });
      const next = { phone: uniquePhone(), purpose: 'VERIFY' as const, password: PASSWORD };
      const change = await receiveCode(app(), ada.client, next, { token });
      const forgotten = await requestReset(ada.phone);
      const startedTokens: string[] = [];
      await atOnce<unknown>([
        async (replica) => expect((await submitPage(replica, '/not-me', notMe)).status).toBe(200),
        (replica) =>
          confirmOtp(replica.client(), signIn.submission).then((result) => {
            if (result.__typename === 'Authenticated' && result.user.id === ada.user.id)
              startedTokens.push(result.accessToken);
          }),
        (replica) => confirmOtp(replica.client(), change.submission, { token }).catch(() => undefined),
        (replica) => reset(replica, forgotten),
      ]);
      expect(await query(sql`select phone from users where id = ${ada.user.id}`)).toEqual([{ phone: null }]);
      for (const accessToken of [token, ...startedTokens])
        await withinASecond(async () => !(await me(app().client(), accessToken)));
      for (const phone of [ada.phone, next.phone])
        expectType(await login(app().client(), phone, NEW_PASSWORD), 'InvalidCredentials');
    }
    expect(failures()).toEqual([]);
  });
});
