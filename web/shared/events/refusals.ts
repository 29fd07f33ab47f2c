/** Outcomes that mean that the event did not go as its user wanted. A test compares them with those that the service counts. */
const REFUSALS: ReadonlySet<string> = new Set([
  'wrong-credentials',
  'wrong-second-factor',
  'disabled',
  'unproved',
  'long-unused',
  'taken',
  'limited',
  'refused',
  'conflict',
  'unavailable',
  'failed',
  'denied',
  'reauthentication-required',
  'last-method',
  'last-administrator',
  'suppressed',
  'reused',
  'no-provider',
  'country',
  'person',
  'network',
  'range',
  'cap',
  'unconfirmed',
]);

export const isRefusal = ({ kind, outcome }: { readonly kind: string; readonly outcome: string }): boolean =>
  REFUSALS.has(outcome) || (kind === 'access' && outcome === 'second-factor-required');
