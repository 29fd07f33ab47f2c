/** What a message is about and what caused it. Stored with the message; the limits are checked when it is delivered. */
export interface DeliveryCheck {
  /** The account that a notice is about. Null: a caller requested the message. */
  userId: string | null;
  /** Why a caller requested it. The limits of the recipient and the network were consumed then; the shared ones were not. */
  use?: string;
  /** The user of the session that the request carried. */
  callerId?: string;
  /** A notice to an address that the account has not verified: it may belong to another person. */
  toUnverified?: true;
  /** The address that the request came from; null on the command line. */
  ip: string | null;
  requestId: string | null;
}

/**
 * Allows one message to be sent: the outbox accepts no message without one. Only features/send-limits grants permits; a
 * test in tests/rules checks that.
 */
export class Permit {
  /** Undefined: the limits have been consumed. */
  readonly check: DeliveryCheck | undefined;

  private constructor(check: DeliveryCheck | undefined) {
    this.check = check;
  }

  /** For text messages that every number gets: the limits were consumed before the transaction. */
  static consumed(): Permit {
    return new Permit(undefined);
  }

  /**
   * For messages that a caller requested and that only some recipients get, because shared limits count only what is sent.
   * And for messages that a change causes: its transaction must not wait for a limiter, which needs a connection of its
   * own and must not roll back.
   */
  static onDelivery(check: DeliveryCheck): Permit {
    return new Permit(check);
  }
}
