import { type Clock, SECOND } from '../../../core/clock.ts';
import { isProblem } from '../../../core/problems.ts';
import { TOTP_ALGORITHMS, type TotpAlgorithm } from '../../../infra/db/tables.ts';
import { COMMON_PARAMETERS, type TotpParameters } from '../../factors/totp.ts';
import { parseTime } from '../cell-values.ts';
import { RowProblem } from '../row-problem.ts';
import { isRecord, own } from '../rows.ts';
import { base32Length, parseBase32 } from './base32.ts';

/** An authenticator app. */
export interface ImportedTotp {
  /** Base32. */
  secret: string;
  algorithm: TotpAlgorithm;
  digits: number;
  /** Seconds. */
  period: number;
  /** The time step of the last code that the other system accepted. */
  lastStep: number;
  createdAt: Date | null;
}

/** Bytes. RFC 4226 asks for 16 at least, but many systems have shorter secrets. */
const [MIN_SECRET, MAX_SECRET] = [8, 128];
const [MIN_DIGITS, MAX_DIGITS] = [6, 8];
/** Seconds. */
const [MIN_PERIOD, MAX_PERIOD] = [15, 120];

const inRange = (value: unknown, least: number, most: number): value is number =>
  Number.isInteger(value) && Number(value) >= least && Number(value) <= most;

/** Reads the form that `users export` writes. Everything but the secret is optional. */
export function readTotp(value: unknown, now: ReturnType<Clock['now']>): ImportedTotp | RowProblem {
  const refuse = (reason: string) => new RowProblem('secondFactors', `authenticator app: ${reason}`);
  if (!isRecord(value)) return refuse('not an object with a secret');
  const given = (name: keyof TotpParameters) => own(value, name) ?? COMMON_PARAMETERS[name];
  const [secret, digits, period] = [own(value, 'secret'), given('digits'), given('period')];
  const algorithm = TOTP_ALGORITHMS.find((name) => name === given('algorithm'));
  const base32 = typeof secret === 'string' ? parseBase32(secret) : undefined;
  if (base32 === undefined) return refuse('its secret is encrypted, or not base32');
  if (!inRange(base32Length(base32), MIN_SECRET, MAX_SECRET))
    return refuse(`its secret does not have ${MIN_SECRET} to ${MAX_SECRET} bytes`);
  if (!algorithm) return refuse(`its algorithm is not ${TOTP_ALGORITHMS.join(', ')}`);
  if (!inRange(digits, MIN_DIGITS, MAX_DIGITS))
    return refuse(`its codes do not have ${MIN_DIGITS} to ${MAX_DIGITS} digits`);
  if (!inRange(period, MIN_PERIOD, MAX_PERIOD))
    return refuse(`its period is not ${MIN_PERIOD} to ${MAX_PERIOD} seconds`);
  // A step in the future would refuse the user's codes until then.
  const nextStep = Math.floor(now.getTime() / (period * SECOND)) + 1;
  const lastStep = own(value, 'lastStep') ?? 0;
  if (!Number.isInteger(lastStep)) return refuse('its last time step is not a number');
  const createdAt = parseTime(own(value, 'createdAt'), now) ?? null;
  return {
    secret: base32,
    algorithm,
    digits,
    period,
    lastStep: Math.max(0, Math.min(Number(lastStep), nextStep)),
    createdAt,
  };
}

/** The app that was used last: here, a user has at most one. */
export function chooseTotp(apps: readonly (ImportedTotp | RowProblem)[]): ImportedTotp | null {
  let chosen: ImportedTotp | null = null;
  for (const app of apps) if (!isProblem(app) && app.lastStep > (chosen?.lastStep ?? -1)) chosen = app;
  return chosen;
}
