import type { AccessNews } from './access.ts';
import { LatchkeyError } from './errors.ts';
import { type SessionState, userIdOf } from './session.ts';
import type { Tabs } from './tabs.ts';
import type { Tokens } from './tokens.ts';

export interface Sending<Answer> {
  readonly post: (token: string | undefined) => Promise<Answer>;
  /** Whether the server has refused the token, and has done nothing. */
  readonly isRefused: (answer: Answer) => boolean;
  /** Updates the session. */
  readonly absorb?: (answer: Answer) => Promise<void>;
  readonly isPublic?: boolean | undefined;
  /** Starts, renews or ends the session: runs in a turn, so that there is no renewal at the same time. */
  readonly changesSession?: boolean | undefined;
}

/**
 * Sends with the access token, and once more with a new one if it is refused.
 * @throws LatchkeyError with the code USER_CHANGED if another user has signed in since the call, in this tab or another: a
 * call of one user is not sent as another user, who does not get the answer either. Public operations are exempt.
 */
export type Send = <Answer>(sending: Sending<Answer>) => Promise<Answer>;

export interface SenderDependencies {
  readonly tokens: Tokens;
  readonly tabs: Tabs<AccessNews>;
  readonly state: SessionState;
}

export const createSender = ({ tokens, tabs, state }: SenderDependencies): Send =>
  async function send({ post, isRefused, absorb, isPublic, changesSession }) {
    const caller = userIdOf(state.current());
    const checkUser = () => {
      const user = userIdOf(state.current());
      if (!isPublic && caller && user && user !== caller)
        throw new LatchkeyError('USER_CHANGED', 'Another user has signed in.');
    };
    const attempt = async (token: string | undefined) => {
      checkUser();
      const answer = await post(token);
      checkUser();
      await absorb?.(answer);
      return answer;
    };
    const sendWith = (token: string | undefined) =>
      changesSession ? tabs.inTurn(() => attempt(token)) : attempt(token);

    // A sign-in does not wait for the end of an earlier session.
    const token = isPublic && !caller ? undefined : await tokens.get();
    const answer = await sendWith(token);
    if (!isRefused(answer)) return answer;
    const next = await tokens.get(token);
    return next && next !== token ? sendWith(next) : answer;
  };
