/** For the errors of settings that are URLs with credentials. */
export const ENCODING = ', with / ? # [ ] @ : and % in user and password percent-encoded (/ is %2F, # is %23)';

/** Whether user and password are percent-encoded: no part was read as path, query or fragment, and they can be decoded. */
export function isEncoded({ username, password, pathname, search, hash }: URL): boolean {
  if (hash || [pathname, search].some((part) => part.includes('@'))) return false;
  return decode(username + password) !== undefined;
}

/** Undefined if a % is not followed by two hexadecimal digits of UTF-8. */
export function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
