import { isProblem } from '../../../core/problems.ts';
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
  passkeys: ImportedPasskey[];
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

/** Of one user. */
const [MAX_PASSKEYS, MAX_CODES] = [20, 100];

const refuse = (reason: string) => new RowProblem('secondFactors', reason);
const NOT_FACTORS = refuse('not an object with totp, recoveryCodes and passkeys. --map secondFactors= ignores it');
const OTHER_APP = refuse('authenticator app: the user has another one, which was used later');
const TOO_MANY = refuse(`passkey: the user has more than ${MAX_PASSKEYS}`);
const KNOWN_PASSKEY = refuse('passkey: it is in the file twice');
const DIGESTS = refuse('recovery codes: they are stored as digests and cannot be moved; the user can create new ones');
const NOT_CODES = refuse(`recovery codes: not a list of 6 to 64 characters each, at most ${MAX_CODES}`);

export const hasFactors = ({ totp, recoveryCodes, passkeys }: SecondFactors): boolean =>
  totp !== null || recoveryCodes.length > 0 || passkeys.length > 0;

/** The factors of a user from all parts of the file, and what cannot be imported. */
export function readSecondFactors(
  parts: readonly FactorPart[],
  now: Date,
): { factors: SecondFactors; leftOut: FactorProblem[] } {
  const leftOut: FactorProblem[] = [];
  const apps: { position: RowPosition; totp: ImportedTotp }[] = [];
  const passkeys = new Map<string, ImportedPasskey>();
  const codes = new Set<string>();
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
    const problem = addCodes(codes, own(value, 'recoveryCodes'));
    if (problem) leaveOut(problem);
  }
  const totp = chooseTotp(apps.map((app) => app.totp));
  for (const app of apps) if (app.totp !== totp) leftOut.push({ position: app.position, problem: OTHER_APP });
  const isPossible = totp !== null || passkeys.size > 0;
  const factors = {
    isRequired: isPossible && (isRequired ?? true),
    totp,
    recoveryCodes: [...codes],
    passkeys: [...passkeys.values()],
  };
  return { factors, leftOut };
}

const listOf = (value: unknown): unknown[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];

/** Why some of them cannot be imported. */
function addCodes(codes: Set<string>, value: unknown): RowProblem | undefined {
  if (typeof value === 'number') return value > 0 ? DIGESTS : undefined;
  const given = listOf(value);
  let isComplete = true;
  for (const text of given) {
    const code = typeof text === 'string' ? parseRecoveryCode(text) : undefined;
    if (code !== undefined && codes.size < MAX_CODES) codes.add(code);
    else isComplete = false;
  }
  return isComplete ? undefined : NOT_CODES;
}
