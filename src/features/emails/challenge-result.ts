import { createUnionType } from 'type-graphql';
import { InvalidInput, RateLimited } from '../../core/problems.ts';
import { Challenge } from '../challenges/challenge-type.ts';

export const ChallengeResult = createUnionType({
  name: 'ChallengeResult',
  description: 'Possible outcomes of requesting a code or link.',
  types: () => [Challenge, InvalidInput, RateLimited] as const,
});
