import { SECOND } from '../../core/clock.ts';
import type { Log } from '../../core/log.ts';
import { FieldProblem, InvalidInput, type RateLimited } from '../../core/problems.ts';
import type { Client, Viewer } from '../../core/request.ts';
import { IdentityConflict, SocialProviderUnavailable, SocialRejected } from '../../core/social-problems.ts';
import type { Db } from '../../infra/db/client.ts';
import { DEVICE_MAX_LENGTH, tidyText } from '../accounts/profile.ts';
import type { Audit } from '../audit/audit.service.ts';
import { type Limits, networkKey } from '../rate-limits/limits.ts';
import type { RateLimiter } from '../rate-limits/rate-limiter.service.ts';
import { Failure, type NativeToken, type SocialProfile, type SocialProvider } from './provider.ts';
import type { RoundTrips } from './round-trip.service.ts';
import type { SocialAccounts } from './social-account.service.ts';

/** Milliseconds for all that is asked of a provider in one request, however many questions that takes. */
const PATIENCE = 10 * SECOND;

/** Characters. */
const LONGEST_CODE = 4096;
const LONGEST_TOKEN = 16_384;

export interface Callback {
  provider: string;
  code: string;
  state: string;
  challengeId: string;
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
  db: Db;
  audit: Audit;
  log: Log;
  limiter: RateLimiter;
  limits: Limits;
  providers: readonly SocialProvider[];
  roundTrips: RoundTrips;
  socialAccounts: SocialAccounts;
}

export type Social = ReturnType<typeof createSocial>;

/** The end of a social sign-in: what the provider says, and which account that opens. */
export function createSocial(dependencies: Dependencies) {
  const { db, audit, log, limiter, limits, providers, roundTrips, socialAccounts } = dependencies;
  const providerOf = (name: string) => providers.find((provider) => provider.name === name);

  type What = { provider: string; isLink: boolean; client: Client };

  const record = ({ provider, isLink, client }: What, outcome: 'refused' | 'unavailable' | 'limited', reason = '') =>
    audit.record(db, {
      type: isLink ? 'identity' : 'sign-in',
      outcome,
      method: 'social',
      client,
      detail: { provider, ...(reason && { reason }) },
    });

  async function refuse(what: What, rejected: SocialRejected): Promise<SocialRejected> {
    await record(what, 'refused', rejected.reason);
    return rejected;
  }

  /** What the provider's failure is to the caller; the detail is for the log alone. */
  async function explain(what: What, { reason, detail }: Failure) {
    const fields = { provider: what.provider, reason, detail };
    if (reason !== 'UNAVAILABLE') {
      log.info(fields, 'a social sign-in was refused');
      return refuse(what, new SocialRejected(reason));
    }
    log.warn(fields, 'a social provider does not answer as it should');
    await record(what, 'unavailable');
    return new SocialProviderUnavailable();
  }

  /** One attempt from a network, given back unless it was refused: refusals tell of states, tokens and accounts. */
  async function rateLimited<Outcome extends object>(what: What, attempt: () => Promise<Outcome>) {
    const charge = { limit: limits.socialByNetwork, key: networkKey(what.client.ip) };
    const limited: RateLimited | undefined = await limiter.spend(charge);
    if (limited) {
      await record(what, 'limited');
      return limited;
    }
    const outcome = await attempt();
    const isRefused = outcome instanceof SocialRejected || outcome instanceof IdentityConflict;
    if (!isRefused) await limiter.refund(charge);
    return outcome;
  }

  async function enter(what: What, device: string | null, profile: SocialProfile | Failure) {
    if (profile instanceof Failure) return explain(what, profile);
    return socialAccounts.enter({ provider: what.provider, profile, client: what.client, device });
  }

  return {
    list: providers.map(({ name, label }) => ({ name, label })),

    async callback(input: Callback, viewer: Viewer | undefined, client: Client) {
      const device = tidyText('device', input.device, DEVICE_MAX_LENGTH);
      if (device instanceof FieldProblem) return new InvalidInput([device]);
      if (input.code === '') return new InvalidInput([new FieldProblem('code', 'REQUIRED', 'required')]);
      const provider = providerOf(input.provider);
      if (!provider) return new SocialProviderUnavailable();
      const what = { provider: provider.name, isLink: false, client };

      return rateLimited(what, async () => {
        const kept = await roundTrips.end(input, viewer, client);
        if (kept instanceof SocialRejected) return refuse(what, kept);
        what.isLink = kept.linkTo !== undefined;
        if (input.code.length > LONGEST_CODE) return refuse(what, new SocialRejected('CODE_REJECTED'));
        const { linkTo, nonce, verifier, redirectUri } = kept;
        const signIn = { code: input.code, issuer: input.issuer ?? undefined, nonce, verifier, redirectUri };
        const profile = await withinPatience(provider.exchange(signIn));
        if (!linkTo || profile instanceof Failure) return enter(what, device, profile);
        return socialAccounts.link({ provider: provider.name, profile, client, device }, linkTo);
      });
    },

    async tokenLogin(input: TokenLogin, client: Client) {
      const provider = providerOf(input.provider);
      if (!provider) return new SocialProviderUnavailable();
      const device = tidyText('device', input.device, DEVICE_MAX_LENGTH);
      const token = nativeTokenOf(input, provider);
      const problems = [token, device].filter((value) => value instanceof FieldProblem);
      if (token instanceof FieldProblem || device instanceof FieldProblem) return new InvalidInput(problems);

      const what = { provider: provider.name, isLink: false, client };
      return rateLimited(what, async () => {
        const profile = isPresentable(token)
          ? await withinPatience(provider.accept(token))
          : new Failure('TOKEN_INVALID', 'no token looks like this');
        return enter(what, device, profile);
      });
    },
  };
}

function nativeTokenOf(input: TokenLogin, { nativeTokens }: SocialProvider): NativeToken | FieldProblem {
  const { idToken, accessToken, nonce } = input;
  if (Boolean(idToken) === Boolean(accessToken)) return new FieldProblem('idToken', 'REQUIRED', 'one-token');
  const kind = idToken ? 'idToken' : 'accessToken';
  if (!nativeTokens.includes(kind)) return new FieldProblem(kind, 'NOT_ALLOWED', 'token-kind');
  return idToken ? { idToken, nonce: nonce || undefined } : { accessToken: accessToken ?? '' };
}

/** Visible ASCII: it goes into a header or an address as it is. */
function isPresentable(token: NativeToken): boolean {
  const text = 'idToken' in token ? token.idToken : token.accessToken;
  return text.length <= LONGEST_TOKEN && /^[\x21-\x7e]+$/.test(text);
}

/** The provider's own calls are bounded each; this bounds their sum. What comes later is of no use to anybody. */
async function withinPatience<T>(answer: Promise<T | Failure>): Promise<T | Failure> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Failure>((resolve) => {
    timer = setTimeout(() => resolve(new Failure('UNAVAILABLE', 'no answer in time')), PATIENCE);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
