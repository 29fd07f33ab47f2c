import { DAY } from '../../core/clock.ts';

/** Milliseconds that an account knows the network of a session after its end. The rows are kept at least as long. */
export const KNOWN_FOR = 7 * DAY;
