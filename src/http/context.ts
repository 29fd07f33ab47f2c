import { isIP } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RequiredRole } from '../core/access.ts';
import { type Locale, preferredLocale } from '../core/locale.ts';
import type { FieldProblem, Problem } from '../core/problems.ts';
import type { Client, RequestContext, Viewer } from '../core/request.ts';
import { requireViewer } from '../core/viewer.ts';
import { bearerToken } from './bearer.ts';
import type { RefreshCookie } from './refresh-cookie.ts';

const LONGEST_USER_AGENT = 400;

export interface ContextParts {
  /** Whose access token this is; undefined when it is not accepted. Throws Unavailable when nobody can say. */
  authenticate(token: string): Promise<Viewer | undefined>;
  /** Throws Unauthenticated when the account is gone or deactivated, Forbidden when it lacks the role. */
  authorise(viewer: Viewer, role: RequiredRole, what: string, client: Client): Promise<void>;
  /** The problem in words. */
  explain(problem: Problem | FieldProblem, locale: Locale): string;
  refreshCookie: RefreshCookie;
}

/**
 * The RequestContext over one HTTP exchange. Everything is worked out on first use, because most requests need little
 * of it. No `#private` fields: Apollo Server hands resolvers a copy made property by property.
 */
export class HttpContext implements RequestContext {
  private claimed: Client | undefined;
  private proved: Promise<Viewer | undefined> | undefined;
  /** Once a request, however many fields ask. */
  private authorised = new Map<RequiredRole, Promise<Viewer>>();

  constructor(
    private readonly parts: ContextParts,
    readonly request: FastifyRequest,
    private readonly reply: FastifyReply,
  ) {}

  get client(): Client {
    this.claimed ??= clientOf(this.request);
    return this.claimed;
  }

  viewer(): Promise<Viewer | undefined> {
    this.proved ??= this.prove();
    return this.proved;
  }

  requireRole(role: RequiredRole, what: string): Promise<Viewer> {
    const known = this.authorised.get(role) ?? this.authorise(role, what);
    this.authorised.set(role, known);
    return known;
  }

  become(viewer: Viewer): void {
    this.proved = Promise.resolve(viewer);
  }

  get refreshCookie(): string | undefined {
    return this.parts.refreshCookie.read(this.request);
  }

  setRefreshCookie(cookie: { token: string; expiresAt: Date } | undefined): void {
    this.parts.refreshCookie.write(this.reply, cookie);
  }

  explain(problem: Problem | FieldProblem): string {
    return this.parts.explain(problem, this.client.locale);
  }

  private async authorise(role: RequiredRole, what: string): Promise<Viewer> {
    const viewer = await requireViewer(this);
    await this.parts.authorise(viewer, role, what, this.client);
    return viewer;
  }

  private async prove(): Promise<Viewer | undefined> {
    const token = bearerToken(this.request.raw);
    return token === undefined ? undefined : this.parts.authenticate(token);
  }
}

/** Who calls, by its own account. */
export function clientOf(request: FastifyRequest): Client {
  return {
    ip: peerAddress(request),
    userAgent: printable(request.headers['user-agent']),
    locale: preferredLocale(request.headers['accept-language']),
    requestId: request.id,
  };
}

/**
 * The address of the peer, or the one a trusted proxy names, in the form PostgreSQL's inet takes: without a zone, and
 * an IPv4 peer of a dual-stack socket as IPv4.
 */
export function peerAddress(request: FastifyRequest): string {
  const named = plain(request.ip);
  return isIP(named) ? named : plain(request.socket.remoteAddress ?? '::');
}

const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');

/** Control characters are taken out: the text goes into device lists, messages and terminals. */
function printable(text: string | undefined): string | null {
  return text?.replace(/\p{Cc}/gu, '').slice(0, LONGEST_USER_AGENT) || null;
}
