import { OwnAccount } from '../../core/admin-problems.ts';
import { Unauthenticated } from '../../core/errors.ts';
import { AccountDisabled, FieldProblem, InvalidInput, isProblem, NotFound } from '../../core/problems.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Transact } from '../../infra/db/transact.ts';
import type { User } from '../accounts/user.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { SignedToken } from '../sessions/access-token.ts';
import type { OpenImpersonation } from '../sessions/impersonation-opening.service.ts';
import type { Session } from '../sessions/session.ts';
import type { SessionTokens } from '../sessions/session-tokens.service.ts';
import { type AdminAction, parseReason } from './admin-action.ts';
import type { Administrators } from './administrators.service.ts';

/** An administrator acts as a user. */
export interface Impersonated {
  access: SignedToken;
  session: Session;
  user: User;
}

/** Starts to act as another user, who has no role. A reason is required. docs/decisions/0021 says what is possible then. */
export type Impersonate = (
  id: string,
  action: AdminAction,
) => Promise<Impersonated | NotFound | AccountDisabled | InvalidInput | OwnAccount>;

interface Dependencies {
  transact: Transact;
  audit: Audit;
  administrators: Administrators;
  openImpersonation: OpenImpersonation;
  sessionTokens: SessionTokens;
}

export function createImpersonate(dependencies: Dependencies): Impersonate {
  const { transact, audit, administrators, openImpersonation, sessionTokens } = dependencies;

  /** Both accounts stay locked until the commit: a removal of the role comes first and is found, or finds the session. */
  async function open(tx: Db, id: string, { viewer, client }: AdminAction, reason: string) {
    const user = await administrators.hold(tx, viewer, id);
    if (!user) return new NotFound();
    const event = { type: 'impersonation', userId: user.id, actorId: viewer.userId, reason, client } as const;
    const refusal = refuse(user, viewer.userId);
    if (refusal) {
      await audit.record(tx, { ...event, outcome: 'refused' });
      return refusal;
    }
    const session = await openImpersonation(tx, viewer, user.id);
    if (!session) throw new Unauthenticated();
    await audit.record(tx, { ...event, outcome: 'started', sessionId: session.id });
    return { user, session };
  }

  return async (id, action) => {
    const reason = parseReason(action) ?? new FieldProblem('reason', 'REQUIRED', 'required');
    if (isProblem(reason)) return new InvalidInput([reason]);
    const opened = await transact((tx) => open(tx, id, action, reason));
    return isProblem(opened) ? opened : { ...opened, access: await sessionTokens.issueAccess(opened) };
  };
}

/** Acting as staff or another administrator would hide who acts. */
function refuse(user: User, administratorId: string): OwnAccount | AccountDisabled | InvalidInput | undefined {
  if (user.id === administratorId) return new OwnAccount();
  if (!user.isActive) return new AccountDisabled();
  return user.roles.length > 0
    ? new InvalidInput([new FieldProblem('userId', 'NOT_ALLOWED', 'user-has-role')])
    : undefined;
}
