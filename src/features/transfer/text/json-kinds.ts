/** Bytes that are looked at. */
const HEAD = 4096;

const SYSTEMS: readonly (readonly [sign: RegExp, format: string])[] = [
  [/"realm"\s*:|"createdTimestamp"|"federatedIdentities"/, 'keycloak'],
  [/"localId"\s*:/, 'firebase'],
  [/"Users"\s*:\s*\[|"Attributes"\s*:\s*\[/, 'cognito'],
  [/"encrypted_password"|"email_confirmed_at"|"raw_user_meta_data"/, 'supabase'],
  [/"user_id"\s*:\s*"[a-z0-9-]+\||"\$oid"|"password_set_date"/, 'auth0'],
  [/"email_addresses"\s*:|"primary_email_address/, 'clerk'],
  [/"user_pass"|"user_registered"/, 'wordpress'],
  [/"emailVerified"\s*:[\s\S]*"accounts"\s*:/, 'better-auth'],
];

/** What JSON looks like, with the option that reads it; undefined if the file may be what is expected. */
export function findOtherJson(head: Buffer, expected: 'a Django dump' | 'CSV'): string | undefined {
  const text = head.toString('utf8', 0, HEAD).trim();
  if (!/^(?:\{|\[\s*\{)/.test(text)) return undefined;
  const isDump = /"model"\s*:/.test(text);
  if (isDump && expected === 'a Django dump') return undefined;
  const format = isDump ? 'django' : (SYSTEMS.find(([sign]) => sign.test(text))?.[1] ?? 'jsonl');
  const kind = text.startsWith('[') ? 'a list of objects in JSON' : 'JSON lines or an object in JSON';
  return `the file is not ${expected}. It looks like ${kind}: use --format ${format}`;
}
