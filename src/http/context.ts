import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RequiredRole } from '../core/access.ts';
import { type Locale, preferredLocale } from '../core/locale.ts';
import type { FieldProblem, Problem } from '../core/problems.ts';
import type { Client, RequestContext, Viewer } from '../core/request.ts';
import type { ReauthenticationRequired } from '../core/session-problems.ts';
import { requireViewer } from '../core/viewer.ts';
import { bearerToken, mayHaveActor, presentsToken } from './bearer.ts';
import type { RefreshCookie } from './refresh-cookie.ts';

const MAX_USER_AGENT_LENGTH = 400;

export interface ContextDependencies {
  /** The user and session of an access token; undefined if it is not valid. Throws Unavailable. */
  authenticate(token: string): Promise<Viewer | undefined>;
  /** The user of a refresh token, now; undefined if it is not valid. */
  introspect(token: string): Promise<{ userId: string } | undefined>;
  /** Throws Unauthenticated if the account is deleted or deactivated, Forbidden if it lacks the role. */
  authorise(viewer: Viewer, role: RequiredRole, operation: string, client: Client): Promise<void>;
  /** Throws Forbidden, with an audit event. */
  refuseImpersonation(viewer: Viewer, operation: string, client: Client): Promise<never>;
  /** The refusal, unless the caller signed in or reauthenticated recently. Throws Unauthenticated. */
  requireRecentSignIn(viewer: Viewer, operation: string, client: Client): Promise<ReauthenticationRequired | undefined>;
  /** The message for the user. */
  explain(problem: Problem | FieldProblem, locale: Locale): string;
  refreshCookie: RefreshCookie;
}

/**
 * The RequestContext of one HTTP request. Values are computed on first use, because most requests need few of them.
 * No `#private` fields: Apollo Server passes resolvers a copy made property by property.
 */
export class HttpContext implements RequestContext {
  private cachedClient: Client | undefined;
  private cachedViewer: Promise<Viewer | undefined> | undefined;
  /** Each role is checked once per request. */
  private authorised: Map<RequiredRole, Promise<Viewer>> | undefined;

  constructor(
    private readonly dependencies: ContextDependencies,
    readonly request: FastifyRequest,
    private readonly reply: FastifyReply,
  ) {}

  get client(): Client {
    const { request } = this;
    this.cachedClient ??= {
      ...readClient(request),
      sessionUser: () => this.sessionUser(),
      get actorId() {
        return request.actorId;
      },
    };
    return this.cachedClient;
  }

  get presentsToken(): boolean {
    return presentsToken(this.request.raw);
  }

  get isCrossSite(): boolean {
    return this.request.headers['sec-fetch-site'] === 'cross-site';
  }

  viewer(): Promise<Viewer | undefined> {
    this.cachedViewer ??= this.authenticate();
    return this.cachedViewer;
  }

  requireRole(role: RequiredRole, operation: string): Promise<Viewer> {
    this.authorised ??= new Map();
    const known = this.authorised.get(role) ?? this.authorise(role, operation);
    this.authorised.set(role, known);
    return known;
  }

  async requireRecentSignIn(operation: string): Promise<ReauthenticationRequired | undefined> {
    return this.dependencies.requireRecentSignIn(await requireViewer(this), operation, this.client);
  }

  get claimsImpersonation(): boolean {
    const token = bearerToken(this.request.raw);
    return token !== undefined && mayHaveActor(token);
  }

  async impersonation(): Promise<Viewer | undefined> {
    const viewer = this.claimsImpersonation ? await this.viewer() : undefined;
    return viewer?.actorId === undefined ? undefined : viewer;
  }

  refuseImpersonation(viewer: Viewer, operation: string): Promise<never> {
    return this.dependencies.refuseImpersonation(viewer, operation, this.client);
  }

  setViewer(viewer: Viewer): void {
    this.request.userId = viewer.userId;
    this.cachedViewer = Promise.resolve(viewer);
  }

  get refreshCookie(): string | undefined {
    return this.dependencies.refreshCookie.read(this.request);
  }

  setRefreshCookie(cookie: { token: string; expiresAt: Date } | undefined): void {
    this.dependencies.refreshCookie.write(this.reply, cookie);
  }

  explain(problem: Problem | FieldProblem): string {
    return this.dependencies.explain(problem, this.client.locale);
  }

  private async authorise(role: RequiredRole, operation: string): Promise<Viewer> {
    const viewer = await requireViewer(this);
    await this.dependencies.authorise(viewer, role, operation, this.client);
    return viewer;
  }

  private async sessionUser(): Promise<string | undefined> {
    if (await this.impersonation()) return undefined; // The account does not know the administrator.
    const cookie = this.refreshCookie;
    const session =
      (await this.viewer()) ?? (cookie === undefined ? undefined : await this.dependencies.introspect(cookie));
    return session?.userId;
  }

  private async authenticate(): Promise<Viewer | undefined> {
    const token = bearerToken(this.request.raw);
    const viewer = token === undefined ? undefined : await this.dependencies.authenticate(token);
    this.request.userId = viewer?.userId;
    this.request.actorId = viewer?.actorId;
    return viewer;
  }
}

/** What the request shows about its client. */
export function readClient(request: FastifyRequest): Client {
  return {
    ip: request.clientAddress,
    userAgent: removeControls(request.headers['user-agent']),
    locale: preferredLocale(request.headers['accept-language']),
    requestId: request.id,
  };
}

/** The text is shown in device lists, messages and terminals. */
function removeControls(text: string | undefined): string | null {
  return text?.replace(/\p{Cc}/gu, '').slice(0, MAX_USER_AGENT_LENGTH) || null;
}
