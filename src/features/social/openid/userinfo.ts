import type { Web } from '../../../infra/web/web.ts';
import { type Claims, claimsIn } from '../claims.ts';
import { readResource } from '../oauth.ts';
import { Failure } from '../provider.ts';
import type { Discovery } from './discovery.ts';

/** The claims of the access token's user (OpenID Connect Core section 5.3). */
export type Userinfo = (accessToken: string) => Promise<Claims | Failure>;

export function createUserinfo({ web, discovery }: { web: Web; discovery: Discovery }): Userinfo {
  return async (accessToken) => {
    const metadata = await discovery.get();
    if (metadata instanceof Failure) return metadata;
    if (!metadata.userinfoEndpoint) return new Failure('UNAVAILABLE', 'userinfo: there is none');
    const response = await readResource(web, { name: 'userinfo', url: metadata.userinfoEndpoint }, accessToken);
    return response instanceof Failure ? response : claimsIn(response.body);
  };
}
