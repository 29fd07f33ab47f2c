import type { DeliveryGate } from '../../src/features/outbox/delivery-gate.ts';

/** Lets every message through. */
export const OPEN_GATE: DeliveryGate = {
  admit: async () => ({ decision: 'send' }),
  refund: async () => {},
};
