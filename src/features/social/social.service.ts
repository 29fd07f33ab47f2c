import { SECOND } from '../../core/clock.ts';
import { acceptInput } from '../../core/input.ts';
import { FieldProblem, InvalidInput, isProblem, RateLimited } from '../../core/problems.ts';
import type { Client, Viewer } from '../../core/request.ts';
import { SocialProviderUnavailable, SocialRejected } from '../../core/social-problems.ts';
import { DEVICE_MAX_LENGTH, tidyText } from '../accounts/profile.ts';
import type { AuthorizationFlows } from './authorization-flow.service.ts';
import type { LinkedIdentity, LinkIdentity } from './identity-link.service.ts';
import type { SignInByProfile, SignInOutcome } from './profile-sign-in.service.ts';
import { Failure, type NativeToken, type SocialProfile, type SocialProvider } from './provider.ts';
import type { SocialAttempt, SocialAttempts } from './social-attempt.service.ts';

/** Milliseconds for all requests to a provider during one request to us. */
const DEADLINE = 10 * SECOND;

/** Characters. */
const LONGEST_CODE = 4096;
const LONGEST_TOKEN = 16_384;

export interface Callback {
  provider: string;
  code: string;
  state: string;
  challengeId: string;
  hasRefusedToken: boolean;
  issuer?: string | null | undefined;
  device?: string | null | undefined;
}

export interface TokenLogin {
  provider: string;
  idToken?: string | null | undefined;
  accessToken?: string | null | undefined;
  nonce?: string | null | undefined;
  device?: string | null | undefined;
}

interface Dependencies {
  attempts: SocialAttempts;
  providers: readonly SocialProvider[];
  authorizationFlows: AuthorizationFlows;
  signInByProfile: SignInByProfile;
  linkIdentity: LinkIdentity;
}

type TokenOutcome = SignInOutcome | SocialRejected | SocialProviderUnavailable | RateLimited;

/** Completes a social sign-in: asks the provider for the profile and signs in to its account. */
export interface Social {
  readonly list: readonly Pick<SocialProvider, 'name' | 'label'>[];
  callback(input: Callback, viewer: Viewer | undefined, client: Client): Promise<TokenOutcome | LinkedIdentity>;
  tokenLogin(input: TokenLogin, client: Client): Promise<TokenOutcome>;
}

export function createSocial(dependencies: Dependencies): Social {
  const { attempts, providers, authorizationFlows, signInByProfile, linkIdentity } = dependencies;
  const findProvider = (name: string) => providers.find((provider) => provider.name === name);

  async function signIn(attempt: SocialAttempt, device: string | null, profile: SocialProfile | Failure) {
    if (profile instanceof Failure) return attempts.explain(attempt, profile);
    const tooMany = await attempts.countSignIn(attempt, profile);
    if (tooMany) return tooMany;
    return signInByProfile({ provider: attempt.provider, profile, client: attempt.client, device });
  }

  return {
    list: providers.map(({ name, label }) => ({ name, label })),

    async callback(input, viewer, client) {
      const device = tidyText('device', input.device, DEVICE_MAX_LENGTH);
      if (isProblem(device)) return new InvalidInput([device]);
      if (input.code === '') return new InvalidInput([new FieldProblem('code', 'REQUIRED', 'required')]);
      const provider = findProvider(input.provider);
      if (!provider) return new SocialProviderUnavailable();
      const attempt = { provider: provider.name, isLink: false, client };

      return attempts.limit(attempt, async () => {
        const flow = await authorizationFlows.finish(input, viewer, client);
        if (flow instanceof RateLimited) return flow;
        if (isProblem(flow)) return attempts.refuse(attempt, flow);
        attempt.isLink = flow.linkTo !== undefined;
        if (input.code.length > LONGEST_CODE) return attempts.refuse(attempt, new SocialRejected('CODE_REJECTED'));
        const { linkTo, nonce, verifier, redirectUri } = flow;
        const response = { code: input.code, issuer: input.issuer ?? undefined, nonce, verifier, redirectUri };
        const profile = await withinDeadline(provider.exchange(response));
        if (!linkTo || profile instanceof Failure) return signIn(attempt, device, profile);
        return linkIdentity({ provider: provider.name, profile, client, device }, linkTo);
      });
    },

    async tokenLogin(input, client) {
      const provider = findProvider(input.provider);
      if (!provider) return new SocialProviderUnavailable();
      const accepted = acceptInput({
        token: parseNativeToken(input, provider),
        device: tidyText('device', input.device, DEVICE_MAX_LENGTH),
      });
      if (isProblem(accepted)) return accepted;
      const { token, device } = accepted;

      const attempt = { provider: provider.name, isLink: false, client };
      return attempts.limit(attempt, async () => {
        const profile = isPresentable(token)
          ? await withinDeadline(provider.accept(token))
          : new Failure('TOKEN_INVALID', 'the token has an impossible format');
        return signIn(attempt, device, profile);
      });
    },
  };
}

function parseNativeToken(input: TokenLogin, { nativeTokens }: SocialProvider): NativeToken | FieldProblem {
  const { idToken, accessToken, nonce } = input;
  if (Boolean(idToken) === Boolean(accessToken)) return new FieldProblem('idToken', 'REQUIRED', 'one-token');
  const kind = idToken ? 'idToken' : 'accessToken';
  if (!nativeTokens.includes(kind)) return new FieldProblem(kind, 'NOT_ALLOWED', 'token-kind');
  return idToken
    ? { kind: 'idToken', token: idToken, nonce: nonce || undefined }
    : { kind: 'accessToken', token: accessToken ?? '' };
}

/** Visible ASCII: it is sent in a header or a URL as it is. */
const isPresentable = ({ token }: NativeToken): boolean =>
  token.length <= LONGEST_TOKEN && /^[\x21-\x7e]+$/.test(token);

/** Each request to the provider has a deadline; this is the deadline for all of them together. */
async function withinDeadline<T>(result: Promise<T | Failure>): Promise<T | Failure> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Failure>((resolve) => {
    timer = setTimeout(() => resolve(new Failure('UNAVAILABLE', 'no response in time')), DEADLINE);
  });
  return Promise.race([result, late]).finally(() => clearTimeout(timer));
}
