import type { Email, Phone } from './identifiers.ts';
import { parseEmail } from './identifiers.ts';
import type { Log } from './log.ts';
import { findCountry, numberRange, readPhone } from './phones.ts';
import { FieldProblem } from './problems.ts';
import { createRepeatedLine } from './repeated-line.ts';

/** PHONE_VALIDATION. */
export type PhoneValidation = 'possible' | 'strict';

/** Reads the numbers that callers enter. */
export interface PhoneReader {
  /**
   * The number in E.164. Otherwise a problem of the field: INVALID_FORMAT if it is no number in international form,
   * NOT_ALLOWED if numbers of its kind get no text messages.
   */
  read(path: string, text: string): Phone | FieldProblem;
  /** The address or the number that an account signs in with, or a problem of the field. */
  readIdentifier(path: string, text: string): { email: Email } | { phone: Phone } | FieldProblem;
}

/**
 * @param validation possible: a number of a range that the metadata does not know is accepted, with a line in the log,
 *   because operators open ranges before our metadata has them; strict: it is refused
 */
export function createPhoneReader({ validation, log }: { validation: PhoneValidation; log: Log }): PhoneReader {
  const logUnknown = createRepeatedLine((fields) =>
    log.warn(fields, 'accepted a phone number of a range that is newer than the numbering data of this version'),
  );

  function parse(text: string): Phone | 'malformed' | 'no-messages' {
    const reading = readPhone(text);
    if (typeof reading === 'string') return reading;
    const { phone, isKnown } = reading;
    if (isKnown) return phone;
    if (validation === 'strict') return 'malformed';
    const range = numberRange(phone);
    logUnknown(range, { country: findCountry(phone), range });
    return phone;
  }

  const noMessages = (path: string) => new FieldProblem(path, 'NOT_ALLOWED', 'phone-no-messages');

  return {
    read(path, text) {
      const phone = parse(text);
      if (phone === 'no-messages') return noMessages(path);
      return phone === 'malformed' ? new FieldProblem(path, 'INVALID_FORMAT', 'phone-format') : phone;
    },

    readIdentifier(path, text) {
      const email = parseEmail(text);
      if (email) return { email };
      const phone = parse(text);
      if (phone === 'no-messages') return noMessages(path);
      return phone === 'malformed' ? new FieldProblem(path, 'INVALID_FORMAT', 'identifier-format') : { phone };
    },
  };
}
