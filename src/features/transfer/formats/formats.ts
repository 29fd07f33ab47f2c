/** Exports of other systems. */
export const PRESET_NAMES = [
  'supabase',
  'auth0',
  'clerk',
  'cognito',
  'keycloak',
  'firebase',
  'wordpress',
  'better-auth',
] as const;
export type PresetName = (typeof PRESET_NAMES)[number];

/** What `users import --format` accepts. */
export const IMPORT_FORMATS = ['django', 'csv', 'jsonl', ...PRESET_NAMES] as const;
export type ImportFormat = (typeof IMPORT_FORMATS)[number];
