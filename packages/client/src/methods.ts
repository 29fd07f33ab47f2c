import type { AccessHolder } from './access.ts';
import { FRAGMENTS, OPERATIONS, type Operations } from './generated/operations.ts';
import type { SignedInFragment } from './generated/types.ts';
import { completeDocument, type Operation } from './operation.ts';
import { codeOf, fieldOf, type GraphqlAnswer, type GraphqlRequest, hasData, type Post } from './post.ts';
import type { Send } from './sender.ts';
import type { SessionState, SessionUser } from './session.ts';
import type { Tokens } from './tokens.ts';

export type MethodName = keyof typeof OPERATIONS;

export interface MethodsDependencies {
  readonly post: Post;
  readonly tokens: Tokens;
  readonly holder: AccessHolder;
  readonly send: Send;
  readonly state: SessionState;
  /** Added to the input of sign-ins. */
  readonly delivery: { readonly transport: 'COOKIE' | 'BODY'; readonly device?: string };
}

export interface Methods extends Operations {
  /** Sends a request of the app's own, with the access token. */
  request(request: GraphqlRequest): Promise<GraphqlAnswer>;
}

/** What the client looks at in a result, whatever the operation. */
interface Result extends Partial<SignedInFragment> {
  readonly __typename?: string;
}

/** A function for each operation. Their results update the session. */
export function createMethods({ post, tokens, holder, send, state, delivery }: MethodsDependencies): Methods {
  async function call(name: MethodName, argument: Record<string, unknown> | undefined): Promise<unknown> {
    const operation: Operation = OPERATIONS[name];
    const request = {
      query: completeDocument(operation.text, FRAGMENTS),
      variables: variablesOf(operation, argument, delivery),
    };
    const answer = await send({
      ...operation,
      post: (token) => post(request, token),
      isRefused,
      async absorb(answer) {
        const result = answer.data?.[operation.field] as Result | null | undefined;
        if (result) await take(result, endsSession(name, argument, result, state));
      },
    });
    return fieldOf(answer, operation.field);
  }

  async function take(result: Result, isEnd: boolean): Promise<void> {
    if (result.__typename === 'Authenticated') await tokens.keep(result as SignedInFragment);
    else if (result.__typename === 'Reauthenticated') replaceToken(result as SignedInFragment);
    else if (isEnd) await tokens.drop('SIGNED_OUT');
    else if (result.user) holder.update(result.user as Partial<SessionUser>);
  }

  function replaceToken({ accessToken, accessTokenExpiresIn }: SignedInFragment): void {
    const access = holder.current();
    if (access) holder.set(accessToken, accessTokenExpiresIn, access.user, access.sessionId);
  }

  const methods = Object.keys(OPERATIONS).map((name) => [
    name,
    (argument?: Record<string, unknown>) => call(name as MethodName, argument),
  ]);
  return {
    ...(Object.fromEntries(methods) as Operations),
    request: (request) =>
      send({
        post: (token) => post(request, token),
        isRefused: (answer) => isRefused(answer) && !(hasData(answer) && /\bmutation\b/.test(request.query)),
      }),
  };
}

const isRefused = (answer: GraphqlAnswer): boolean => codeOf(answer) === 'UNAUTHENTICATED';

function variablesOf(
  { pass, isDelivered }: Operation,
  argument: Record<string, unknown> | undefined,
  delivery: MethodsDependencies['delivery'],
) {
  if (pass !== 'input') return argument;
  const input = isDelivered ? { ...delivery, ...argument } : argument;
  return input && { input };
}

/** Whether the operation has ended the session of this client. */
function endsSession(
  name: MethodName,
  argument: Record<string, unknown> | undefined,
  { __typename }: Result,
  state: SessionState,
): boolean {
  if (__typename === 'AccountDeleted') return true;
  if (__typename !== 'LoggedOut') return false;
  const session = state.current();
  if (name === 'revokeSession') return session.status === 'signedIn' && session.sessionId === argument?.id;
  return name === 'logoutAll' && !argument?.exceptCurrent;
}
