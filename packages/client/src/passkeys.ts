import type {
  FinishPasskeyLoginResult,
  FinishPasskeyRegistrationResult,
  Operations,
  ReauthenticateResult,
  StartPasskeyLoginResult,
  StartPasskeyRegistrationResult,
  VerifySecondFactorResult,
} from './generated/operations.ts';
import type { SecondFactorRequiredFieldsFragment } from './generated/types.ts';

/** The user cancelled, took too long, or another call replaced this one. */
export interface PasskeyCancelled {
  readonly __typename: 'PasskeyCancelled';
}
/** This browser or this page cannot use passkeys, or not in the suggestions of a field. */
export interface PasskeyUnsupported {
  readonly __typename: 'PasskeyUnsupported';
}
/** The device already has a passkey of this account. */
export interface PasskeyExists {
  readonly __typename: 'PasskeyExists';
}
type Refusal = PasskeyCancelled | PasskeyUnsupported;

type Without<Union, Name> = Exclude<Union, { __typename: Name }>;
export type PasskeyStartProblem = Without<StartPasskeyLoginResult, 'PasskeyLogin'>;
export type SignInWithPasskeyResult = FinishPasskeyLoginResult | PasskeyStartProblem | Refusal;
export type AddPasskeyResult =
  | FinishPasskeyRegistrationResult
  | Without<StartPasskeyRegistrationResult, 'PasskeyRegistration'>
  | PasskeyExists
  | Refusal;

export interface PasskeySignInOptions {
  /**
   * Offers the passkeys among the suggestions of the field with `autocomplete="username webauthn"`, and waits until the user
   * picks one. Call it when the page opens. A later call, for example from a button, replaces it.
   */
  readonly autofill?: boolean;
  readonly signal?: AbortSignal;
}

export interface Passkeys {
  /** Signs in with any passkey of the site. */
  signInWithPasskey(options?: PasskeySignInOptions): Promise<SignInWithPasskeyResult>;
  /** Adds a passkey to the account. Requires a sign-in within the last ten minutes. */
  addPasskey(input?: { readonly name?: string }): Promise<AddPasskeyResult>;
  /** Completes a sign-in that returned `SecondFactorRequired`. */
  verifyWithPasskey(required: SecondFactorRequiredFieldsFragment): Promise<VerifySecondFactorResult | Refusal>;
  /** Confirms the signed-in user again, for operations that returned `ReauthenticationRequired`. */
  reauthenticateWithPasskey(): Promise<ReauthenticateResult | PasskeyStartProblem | Refusal>;
}

/** Milliseconds before the options expire at which autofill asks for new ones. */
const EARLY = 30_000;

/** Ceremonies of WebAuthn Level 3, with the JSON methods of browsers or, in older ones, the same by hand. */
export function createPasskeys(operations: Operations): Passkeys {
  /** The pending call. A browser allows only one. */
  let pending: AbortController | undefined;

  /** The response as JSON text, or why there is none. `isOver`: the options have expired. */
  async function getAssertion(options: string, { autofill, signal }: PasskeySignInOptions, milliseconds?: number) {
    pending?.abort();
    const controller = new AbortController();
    pending = controller;
    const abort = () => controller.abort();
    if (signal?.aborted) abort();
    signal?.addEventListener('abort', abort);
    let isOver = false;
    const timer = milliseconds
      ? setTimeout(() => {
          isOver = true;
          abort();
        }, milliseconds)
      : undefined;
    try {
      const credential = await navigator.credentials.get({
        publicKey: parseRequest(options),
        ...(autofill && { mediation: 'conditional' as const }),
        signal: controller.signal,
      });
      return credential ? { response: toText(credential) } : { isOver };
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return { isOver };
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      if (pending === controller) pending = undefined;
    }
  }

  /** Asks for a passkey of the site. */
  async function ask(options: PasskeySignInOptions = {}) {
    if (!hasPasskeys() || (options.autofill && !(await canAutofill()))) return UNSUPPORTED;
    for (;;) {
      const started = await operations.startPasskeyLogin();
      if (started.__typename !== 'PasskeyLogin') return started;
      // `expiresAt` would need a device whose clock is right.
      const { timeout = 0 } = JSON.parse(started.options) as { timeout?: number };
      const milliseconds = options.autofill ? Math.max(timeout - EARLY, EARLY) : undefined;
      const { response, isOver } = await getAssertion(started.options, options, milliseconds);
      if (response) return { __typename: 'Answer' as const, challengeId: started.challengeId, response, started };
      if (!isOver) return CANCELLED;
    }
  }

  return {
    async signInWithPasskey(options) {
      const answer = await ask(options);
      if (answer.__typename !== 'Answer') return answer;
      const { challengeId, response, started } = answer;
      const result = await operations.finishPasskeyLogin({ challengeId, response });
      if (result.__typename === 'ChallengeFailed' && result.reason === 'PASSKEY_REJECTED')
        await hide(response, started.options);
      return result;
    },

    async reauthenticateWithPasskey() {
      const answer = await ask();
      if (answer.__typename !== 'Answer') return answer;
      return operations.reauthenticate({ challengeId: answer.challengeId, passkey: answer.response });
    },

    async verifyWithPasskey({ challengeId, passkeyOptions }) {
      if (!hasPasskeys() || !passkeyOptions) return UNSUPPORTED;
      const { response } = await getAssertion(passkeyOptions, {});
      return response ? operations.verifySecondFactor({ challengeId, passkey: response }) : CANCELLED;
    },

    async addPasskey(input) {
      if (!hasPasskeys()) return UNSUPPORTED;
      const started = await operations.startPasskeyRegistration();
      if (started.__typename !== 'PasskeyRegistration') return started;
      pending?.abort();
      try {
        const credential = await navigator.credentials.create({ publicKey: parseCreation(started.options) });
        if (!credential) return CANCELLED;
        const { challengeId } = started;
        return await operations.finishPasskeyRegistration({ ...input, challengeId, response: toText(credential) });
      } catch (error) {
        if (nameOf(error) === 'InvalidStateError') return { __typename: 'PasskeyExists' };
        if (isRefusal(error)) return CANCELLED;
        throw error;
      }
    },
  };
}

const CANCELLED: PasskeyCancelled = { __typename: 'PasskeyCancelled' };
const UNSUPPORTED: PasskeyUnsupported = { __typename: 'PasskeyUnsupported' };

const nameOf = (error: unknown): string | undefined => (error instanceof Error ? error.name : undefined);
const isRefusal = (error: unknown): boolean => ['NotAllowedError', 'AbortError'].includes(nameOf(error) ?? '');
/** Whether the browser has WebAuthn. */
export const hasPasskeys = (): boolean => typeof PublicKeyCredential === 'function';
const canAutofill = async (): Promise<boolean> =>
  (await PublicKeyCredential.isConditionalMediationAvailable?.()) ?? false;

/** Browsers that can stop suggesting a passkey that the service has removed. */
async function hide(response: string, options: string): Promise<void> {
  const { signalUnknownCredential } = PublicKeyCredential as unknown as {
    signalUnknownCredential?: (credential: { rpId: string; credentialId: string }) => Promise<void>;
  };
  const [{ id }, { rpId }] = [JSON.parse(response), JSON.parse(options)] as [{ id: string }, { rpId: string }];
  await signalUnknownCredential?.call(PublicKeyCredential, { rpId, credentialId: id }).catch(() => {});
}

type Json = Record<string, unknown>;

const parseRequest = (options: string): PublicKeyCredentialRequestOptions =>
  PublicKeyCredential.parseRequestOptionsFromJSON?.(JSON.parse(options)) ?? decode(JSON.parse(options));
const parseCreation = (options: string): PublicKeyCredentialCreationOptions =>
  PublicKeyCredential.parseCreationOptionsFromJSON?.(JSON.parse(options)) ?? decode(JSON.parse(options));

/** The members of the options that are base64url in JSON: the challenge, and the IDs of users and credentials. */
function decode<Options>(options: Json): Options {
  const withId = (value: Json) => ({ ...value, id: toBytes(value.id as string) });
  return {
    ...options,
    challenge: toBytes(options.challenge as string),
    ...(options.user ? { user: withId(options.user as Json) } : {}),
    ...(options.allowCredentials ? { allowCredentials: (options.allowCredentials as Json[]).map(withId) } : {}),
    ...(options.excludeCredentials ? { excludeCredentials: (options.excludeCredentials as Json[]).map(withId) } : {}),
  } as Options;
}

/** RegistrationResponseJSON or AuthenticationResponseJSON as text. */
function toText(credential: Credential): string {
  const { id, rawId, type, response, authenticatorAttachment, ...rest } = credential as PublicKeyCredential;
  if ('toJSON' in credential) return JSON.stringify(credential);
  const members = ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle'] as const;
  const buffers = response as unknown as Partial<Record<(typeof members)[number], ArrayBuffer | null>>;
  const encoded = members.flatMap((name) => {
    const buffer = buffers[name];
    return buffer ? [[name, toBase64url(buffer)]] : [];
  });
  return JSON.stringify({
    ...rest,
    id,
    rawId: toBase64url(rawId),
    type,
    response: {
      ...Object.fromEntries(encoded),
      transports: (response as AuthenticatorAttestationResponse).getTransports?.(),
    },
    authenticatorAttachment,
    clientExtensionResults: (credential as PublicKeyCredential).getClientExtensionResults(),
  });
}

const toBytes = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
const toBase64url = (buffer: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
