import type { Superusers } from '../features/superusers/superuser.service.ts';
import { fieldProblemText } from '../messages/problems.ts';

export interface SuperuserRequest {
  email: string;
  password: string;
  resetSecondFactors?: boolean | undefined;
}

/** `problems`: what is wrong with the input, by field. */
export type SuperuserAnswer = { outcome: 'created' | 'promoted' } | { problems: { path: string; text: string }[] };

/** Creates a superuser: called by the command, or by a running service that the command asks. */
export async function createSuperuser(superusers: Superusers, request: SuperuserRequest): Promise<SuperuserAnswer> {
  const outcome = await superusers.create(request);
  if (typeof outcome === 'string') return { outcome };
  return { problems: outcome.fields.map((problem) => ({ path: problem.path, text: fieldProblemText(problem, 'en') })) };
}
