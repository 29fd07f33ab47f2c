import { expect } from 'vitest';
import { LogoutDocument } from '../../schema/generated/graphql.ts';
import type { BuiltProgram } from './built-program.ts';
import { login, me, refresh, register, verify } from './calls.ts';
import { apiClient, expectType } from './client.ts';
import { PASSWORD, uniqueEmail } from './people.ts';

/** Signs up, signs in, refreshes and signs out. Then stops the service. */
export async function exerciseService(service: BuiltProgram): Promise<void> {
  const client = apiClient(service.url);
  const email = uniqueEmail();
  const { id } = expectType(await register(client, { email, password: PASSWORD }), 'Challenge');
  const { code } = await service.message(email);
  expectType(await verify(client, { challengeId: id, code: code ?? '' }), 'Authenticated');

  const signedIn = expectType(await login(client, email, PASSWORD), 'Authenticated');
  expect(await me(client, signedIn.accessToken)).toMatchObject({ email });
  const refreshed = expectType(await refresh(client, signedIn.refreshToken ?? ''), 'Authenticated');
  const { accessToken: token } = refreshed;
  await client.request(LogoutDocument, { input: { refreshToken: refreshed.refreshToken } }, { token });
  expect(await me(client, token)).toBeFalsy();
  expectType(await refresh(client, refreshed.refreshToken ?? ''), 'RefreshRejected');
  expect(await service.stop()).toBe(0);
}
