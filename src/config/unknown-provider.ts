import { findNearest } from '../core/nearest.ts';

/** How many letters of a short and of a long ending may be wrong. */
const TYPO = { short: 1, long: 2 };
const LONG = 8;

/** A group of settings that the operator names, as in OIDC_KEYCLOAK_ISSUER. */
export interface NamedGroup {
  /** OIDC */
  prefix: string;
  /** Without a name: OIDC_ISSUER, … */
  variables: readonly string[];
}

/**
 * Whether OIDC_… is probably a misspelled setting of ours: it begins like those of a configured provider, or ends nearly
 * like a setting. Other programs have OIDC_AUTH_URI, OIDC_DISPLAY_NAME and more, which name no provider.
 * @param configured the variables that are set
 */
export function isProbablyOurs(
  name: string,
  { prefix, variables }: NamedGroup,
  configured: readonly string[],
): boolean {
  const start = prefix.length + 1;
  const endings = variables.map((variable) => variable.slice(start));
  const words = name
    .slice(start)
    .replace(/_FILE$/, '')
    .split('_');
  const isConfigured = configured.some((variable) =>
    endings.some(
      (ending) =>
        variable.startsWith(`${prefix}_`) &&
        variable.endsWith(`_${ending}`) &&
        name.startsWith(variable.slice(0, -ending.length)),
    ),
  );
  return isConfigured || endings.some((ending) => endsLike(words, ending));
}

/** Whether the words are a provider's name, then roughly the ending. */
function endsLike(words: readonly string[], ending: string): boolean {
  const count = ending.split('_').length;
  const given = words.slice(-count).join('_');
  const distance = findNearest(given, [ending])?.distance ?? Number.POSITIVE_INFINITY;
  return words.length > count && distance <= (ending.length < LONG ? TYPO.short : TYPO.long);
}
