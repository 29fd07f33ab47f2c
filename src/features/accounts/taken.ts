import { EmailTaken, PhoneTaken } from '../../core/problems.ts';
import { violatedConstraint } from '../../infra/db/conflict.ts';

/** The outcome for a unique violation on users; undefined for any other error. */
export function takenBy(error: unknown): EmailTaken | PhoneTaken | undefined {
  return emailTakenBy(error) ?? phoneTakenBy(error);
}

export const emailTakenBy = (error: unknown): EmailTaken | undefined =>
  violatedConstraint(error) === 'users_email_key' ? new EmailTaken() : undefined;

export const phoneTakenBy = (error: unknown): PhoneTaken | undefined =>
  violatedConstraint(error) === 'users_proved_phone_key' ? new PhoneTaken() : undefined;
