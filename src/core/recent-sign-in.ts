import 'reflect-metadata';
import { Extensions } from 'type-graphql';
import { after, MINUTE } from './clock.ts';

/** Milliseconds after a sign-in or a reauthentication. */
const RECENT_FOR = 10 * MINUTE;

/** Until when a sign-in counts as recent. */
export const recentUntil = (authenticatedAt: Date): Date => after(authenticatedAt, RECENT_FOR);

type Input = Readonly<Record<string, unknown>>;

/** When an operation requires a recent sign-in. */
export interface RecentSignInRule {
  /** Only for these arguments; always, if omitted. */
  when?: (args: { readonly input: Input }) => boolean;
  /** The input field of a password, if the operation accepts that instead. Its service must check a given password. */
  orPassword?: string;
}

const EXTENSION = 'recentSignIn';

/**
 * Required on every operation that adds, replaces or removes a way to sign in, and on dangerous administrative ones: a
 * stolen access token must not be enough (docs/decisions/0011). http/access.ts enforces it before the resolver runs.
 * The operation's union must have ReauthenticationRequired.
 */
export const RequiresRecentSignIn = (rule: RecentSignInRule = {}): MethodDecorator =>
  Extensions({ [EXTENSION]: rule }) as MethodDecorator;

/** Undefined if the operation has no `@RequiresRecentSignIn`. */
export const readRecentSignIn = (field: { extensions?: Readonly<Record<string, unknown>> }) =>
  field.extensions?.[EXTENSION] as RecentSignInRule | undefined; // Only RequiresRecentSignIn writes it.
