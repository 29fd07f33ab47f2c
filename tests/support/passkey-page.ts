import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  FinishPasskeyLoginDocument,
  FinishPasskeyRegistrationDocument,
  LoginDocument,
  StartPasskeyLoginDocument,
  StartPasskeyRegistrationDocument,
  VerifySecondFactorDocument,
} from '../../schema/generated/graphql.ts';

const DOCUMENTS = {
  login: LoginDocument,
  startRegistration: StartPasskeyRegistrationDocument,
  finishRegistration: FinishPasskeyRegistrationDocument,
  startLogin: StartPasskeyLoginDocument,
  finishLogin: FinishPasskeyLoginDocument,
  verifySecondFactor: VerifySecondFactorDocument,
};

/** What docs/second-factors.md tells frontend developers to write. */
const SCRIPT = `
async function call(name, input, token) {
  const response = await fetch(API + '/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: 'Bearer ' + token }) },
    body: JSON.stringify({ query: DOCUMENTS[name], variables: input && { input } }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(JSON.stringify(errors));
  return Object.values(data)[0];
}

async function register(token, name) {
  const { challengeId, options } = await call('startRegistration', undefined, token);
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(JSON.parse(options));
  const credential = await navigator.credentials.create({ publicKey });
  return call('finishRegistration', { challengeId, response: JSON.stringify(credential), name }, token);
}

async function sign(options, mediation, change = {}) {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON({ ...JSON.parse(options), ...change });
  return JSON.stringify(await navigator.credentials.get({ publicKey, mediation }));
}

async function signIn(mediation, change) {
  const { challengeId, options } = await call('startLogin');
  return call('finishLogin', { challengeId, response: await sign(options, mediation, change) });
}

async function signInWithPassword(identifier, password) {
  const first = await call('login', { identifier, password });
  if (first.__typename !== 'SecondFactorRequired') return first;
  const passkey = await sign(first.passkeyOptions);
  return call('verifySecondFactor', { challengeId: first.challengeId, passkey });
}
`;

/** Serves a page that signs in with passkeys, on an origin of its own. */
export async function startPasskeyPage(api: string) {
  const documents = Object.fromEntries(
    Object.entries(DOCUMENTS).map(([name, document]) => [name, document.toString()]),
  );
  const html = `<!doctype html><title>Passkeys</title>
<form><input id="email" name="email" autocomplete="username webauthn"></form>
<script>const API = ${JSON.stringify(api)}; const DOCUMENTS = ${JSON.stringify(documents)};${SCRIPT}</script>`;
  const server = createServer((_request, response) => response.setHeader('content-type', 'text/html').end(html));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // It listens on a port.
  return { url: `http://localhost:${port}/`, close: () => server.close() };
}
