import type { ClaimTemplate } from './claim-template.ts';

/** Claims that other systems require. docs/tokens.md describes them. */
export const CLAIM_PRESETS: Readonly<Record<string, ClaimTemplate>> = {
  // The default role must be one of the allowed roles, and values other than the list must be texts.
  hasura: {
    'https://hasura.io/jwt/claims': {
      'x-hasura-default-role': 'user',
      'x-hasura-allowed-roles': '$.roleNames',
      'x-hasura-user-id': '$.id',
    },
  },
  // The database role that the request runs as.
  postgrest: { role: '$.databaseRole' },
  // Third-party auth: the database role of every signed-in user.
  supabase: { role: 'authenticated' },
};
