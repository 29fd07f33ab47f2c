import { EmailTaken, PhoneTaken } from '../../core/problems.ts';
import { violatedConstraint } from '../../infra/db/conflict.ts';

/** The problem for a unique violation on users; undefined for any other error. */
export function asTaken(error: unknown): EmailTaken | PhoneTaken | undefined {
  return asEmailTaken(error) ?? asPhoneTaken(error);
}

export const asEmailTaken = (error: unknown): EmailTaken | undefined =>
  violatedConstraint(error) === 'users_email_key' ? new EmailTaken() : undefined;

export const asPhoneTaken = (error: unknown): PhoneTaken | undefined =>
  violatedConstraint(error) === 'users_proved_phone_key' ? new PhoneTaken() : undefined;
