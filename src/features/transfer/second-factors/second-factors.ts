import { isProblem } from '../../../core/problems.ts';
import { MAX_PASSKEYS } from '../../factors/passkey.ts';
import { parseRecoveryCode } from '../../factors/recovery-code.ts';
import { RowProblem } from '../row-problem.ts';
import { isRecord, own, type RowPosition } from '../rows.ts';
import { type ImportedPasskey, readPasskey } from './passkey.ts';
import { chooseTotp, type ImportedTotp, readTotp } from './totp.ts';

/** What a user needs besides the first factor. */
export interface SecondFactors {
  isRequired: boolean;
  totp: ImportedTotp | null;
  /** From `parseRecoveryCode`. */
  recoveryCodes: string[];
  /** Codes as another installation with the same keys has stored them for the same user. */
  recoveryDigests: string[];
  passkeys: ImportedPasskey[];
}

export interface FactorRules {
  now: Date;
  /** Whether the account keeps the id of the file: digests of recovery codes are bound to it. */
  keepsId: boolean;
  /** Whether this server has all keys of digests. @param ids from `RecoveryCodes.keyIds` */
  hasKeys(ids: readonly unknown[]): boolean;
}

/** A part of a user's factors, in the form that `users export` writes, or why it cannot be imported. */
export interface FactorPart {
  position: RowPosition;
  value: unknown;
}

export interface FactorProblem {
  position: RowPosition;
  problem: RowProblem;
}

/** Recovery codes of one user. */
const MAX_CODES = 100;

const refuse = (reason: string) => new RowProblem('secondFactors', reason);
const NOT_FACTORS = refuse('not an object with totp, recoveryCodes and passkeys. --map secondFactors= ignores it');
const OTHER_APP = refuse('authenticator app: the user has another one, which was used later');
const TOO_MANY = refuse(`passkey: the user has more than ${MAX_PASSKEYS}`);
const KNOWN_PASSKEY = refuse('passkey: it is in the file twice');
const DIGESTS = refuse(
  'recovery codes: only a server with the same SECRET_KEY can read them; the user can create new ones',
);
/** An HMAC-SHA-256 in base64url. */
const DIGEST = /^[\w-]{43}$/;
const NOT_CODES = refuse(`recovery codes: not a list of 8 to 64 characters each, at most ${MAX_CODES}`);

export const hasFactors = ({ totp, recoveryCodes, recoveryDigests, passkeys }: SecondFactors): boolean =>
  totp !== null || recoveryCodes.length > 0 || recoveryDigests.length > 0 || passkeys.length > 0;

/** The factors of a user from all parts of the file, and what cannot be imported. */
export function readSecondFactors(
  parts: readonly FactorPart[],
  rules: FactorRules,
): { factors: SecondFactors; leftOut: FactorProblem[] } {
  const { now } = rules;
  const leftOut: FactorProblem[] = [];
  const apps: { position: RowPosition; totp: ImportedTotp }[] = [];
  const passkeys = new Map<string, ImportedPasskey>();
  const codes = new Set<string>();
  const digests = new Set<string>();
  let isRequired: boolean | undefined;

  for (const { position, value } of parts) {
    const leaveOut = (problem: RowProblem) => void leftOut.push({ position, problem });
    if (value === undefined || value === null || value === '') continue;
    if (value instanceof RowProblem || !isRecord(value)) {
      leaveOut(value instanceof RowProblem ? value : NOT_FACTORS);
      continue;
    }
    const required = own(value, 'required');
    if (typeof required === 'boolean') isRequired = required;
    for (const app of listOf(own(value, 'totp'))) {
      const totp = readTotp(app, now);
      if (isProblem(totp)) leaveOut(totp);
      else apps.push({ position, totp });
    }
    for (const key of listOf(own(value, 'passkeys'))) {
      const passkey = readPasskey(key, now);
      if (isProblem(passkey)) leaveOut(passkey);
      else if (passkeys.has(passkey.credentialId)) leaveOut(KNOWN_PASSKEY);
      else if (passkeys.size === MAX_PASSKEYS) leaveOut(TOO_MANY);
      else passkeys.set(passkey.credentialId, passkey);
    }
    const given = own(value, 'recoveryCodes');
    const problem = isRecord(given) ? addDigests(digests, given, rules) : addCodes(codes, given);
    if (problem) leaveOut(problem);
  }
  const totp = chooseTotp(apps.map((app) => app.totp));
  for (const app of apps) if (app.totp !== totp) leftOut.push({ position: app.position, problem: OTHER_APP });
  const isPossible = totp !== null || passkeys.size > 0;
  const factors = {
    isRequired: isPossible && (isRequired ?? true),
    totp,
    recoveryCodes: [...codes],
    recoveryDigests: [...digests],
    passkeys: [...passkeys.values()],
  };
  return { factors, leftOut };
}

const listOf = (value: unknown): unknown[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];

/** Why some of them cannot be imported. */
function addCodes(codes: Set<string>, value: unknown): RowProblem | undefined {
  const given = listOf(value);
  let isComplete = true;
  for (const text of given) {
    const code = typeof text === 'string' ? parseRecoveryCode(text) : undefined;
    if (code !== undefined && codes.size < MAX_CODES) codes.add(code);
    else isComplete = false;
  }
  return isComplete ? undefined : NOT_CODES;
}

/** Why they cannot be imported. */
function addDigests(
  digests: Set<string>,
  { keys, digests: given }: Record<string, unknown>,
  { keepsId, hasKeys }: FactorRules,
): RowProblem | undefined {
  if (!Array.isArray(keys) || !Array.isArray(given) || given.length > MAX_CODES) return NOT_CODES;
  if (!keepsId || keys.length === 0 || !hasKeys(keys)) return DIGESTS;
  if (!given.every((digest) => typeof digest === 'string' && DIGEST.test(digest))) return NOT_CODES;
  for (const digest of given) digests.add(digest);
  return undefined;
}
