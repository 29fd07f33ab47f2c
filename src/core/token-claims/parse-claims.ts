import { isJsonObject, type JsonObject, type JsonValue, UNSAFE_NAMES } from '../json.ts';
import { type ClaimTemplate, isKnownReference, listReferences, SOURCES } from './claim-template.ts';
import { CLAIM_PRESETS } from './presets.ts';

/**
 * Claims that this service sets, and those that verifiers of JWTs give a meaning of their own: RFC 7519, 7800, 8417, 8693 and
 * 9068, and OpenID Connect.
 */
export const RESERVED_CLAIMS: ReadonlySet<string> = new Set([
  ...['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti', 'typ', 'sid', 'gen', 'client_id', 'azp', 'scope', 'roles'],
  ...['auth_time', 'amr', 'acr', 'nonce', 'at_hash', 'c_hash', 's_hash', 'act', 'may_act', 'cnf', 'events', 'sub_id'],
  ...['email', 'email_verified', 'phone_number', 'phone_number_verified', 'token_use'],
]);

const NAME_MAX_LENGTH = 200;
const MAX_CLAIMS = 50;
const MAX_DEPTH = 5;

const EXPECTED = `must be names of presets (${Object.keys(CLAIM_PRESETS).join(', ')}), or a JSON object of claims, or presets and an object, separated by commas`;

/**
 * The claims of ACCESS_TOKEN_CLAIMS: presets, an object, or both; the object is merged over the presets. Otherwise what is wrong,
 * in words that follow the variable's name and do not quote the text.
 */
export function parseClaims(text: string): ClaimTemplate | string {
  const start = text.includes('{') ? text.indexOf('{') : text.length;
  const names = text
    .slice(0, start)
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  const presets = names.map((name) => (Object.hasOwn(CLAIM_PRESETS, name) ? CLAIM_PRESETS[name] : undefined));
  const own = start < text.length ? parseObject(text.slice(start)) : {};
  if (own === undefined || names.length + Object.keys(own).length === 0) return EXPECTED;

  let template: ClaimTemplate = {};
  for (const preset of presets) {
    if (!preset) return EXPECTED;
    const twice = Object.keys(preset).find((name) => name in template);
    if (twice) return `combines presets that both set the claim ${twice}`;
    template = { ...template, ...preset };
  }
  return findProblem(own) ?? merge(template, own);
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function findProblem(own: JsonObject): string | undefined {
  const names = Object.keys(own);
  const reserved = names.find((name) => RESERVED_CLAIMS.has(name));
  if (reserved) return `must not set the claim ${reserved}, which has a fixed meaning`;
  if (names.length > MAX_CLAIMS) return `must have at most ${MAX_CLAIMS} claims`;
  if (depthOf(own) > MAX_DEPTH) return `must be nested at most ${MAX_DEPTH} levels deep`;
  if (!hasGoodNames(own))
    return `must have names of 1 to ${NAME_MAX_LENGTH} characters, other than ${[...UNSAFE_NAMES].join(', ')}`;
  if (!listReferences(own).every(isKnownReference))
    return `has an unknown value that begins with $. (known: ${Object.keys(SOURCES)
      .map((name) => `$.${name}`)
      .join(', ')}, and values inside $.publicMetadata)`;
  return undefined;
}

function depthOf(value: JsonValue): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

function hasGoodNames(value: JsonValue): boolean {
  if (typeof value !== 'object' || value === null) return true;
  const isGood = (name: string) =>
    name.length > 0 && name.length <= NAME_MAX_LENGTH && !UNSAFE_NAMES.has(name) && !/\p{Cc}/u.test(name);
  return (Array.isArray(value) || Object.keys(value).every(isGood)) && Object.values(value).every(hasGoodNames);
}

/** Objects of the same name are merged; otherwise the second wins. */
function merge(first: JsonObject, second: JsonObject): JsonObject {
  const merged = { ...first };
  for (const [name, value] of Object.entries(second)) {
    const before = merged[name];
    merged[name] = isJsonObject(before) && isJsonObject(value) ? merge(before, value) : value;
  }
  return merged;
}
