import { after, type Clock, DAY } from '../../core/clock.ts';
import { parseEmail } from '../../core/identifiers.ts';
import { parsePhone } from '../../core/phones.ts';
import type { Client } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import { type User, verifiedPhone } from '../accounts/user.ts';
import type { Challenges } from '../challenges/challenge.service.ts';
import type { Factors } from '../factors/factor.service.ts';
import type { Identities } from '../identities/identity.service.ts';
import type { Identity } from '../identities/identity.ts';
import type { Outbox } from '../outbox/outbox.service.ts';
import type { NoticeLimits } from '../send-limits/notice-limits.ts';
import { createAdditionList } from './addition-list.ts';
import { createFactorNotices, type FactorNotices } from './factor-notices.ts';
import { createNoticeLinks } from './notice-links.ts';
import { createNoticeSender } from './notice-sender.ts';

type From = Client | undefined;

/**
 * Notifies the owner of a change, in its transaction. `NOTICES` says who is told, and how. Notices of changes that an
 * attacker may have made have a "this wasn't me" link.
 */
export interface Notices extends FactorNotices {
  /** @param bySms the user has just entered the code of a text message: the owner of the number needs no second one */
  newDevice(tx: Db, user: User, client: From, bySms: boolean): Promise<void>;
  passwordChanged(tx: Db, user: User, client: From): Promise<void>;
  /** Also lists what was added to the account recently: an attacker who was in the account may have added it. */
  passwordReset(tx: Db, user: User, client: From): Promise<void>;
  identityLinked(tx: Db, user: User, identity: Identity, client: From): Promise<void>;
  identityUnlinked(tx: Db, user: User, identity: Identity, client: From): Promise<void>;
  /** Does nothing if the address is the same. An unverified old address gets no link that restores it. */
  emailChanged(tx: Db, before: User, now: User, client: From): Promise<void>;
  /** To the address that an undo has taken from the account. */
  emailChangeUndone(tx: Db, before: User, client: From): Promise<void>;
  /** Does nothing if the number is the same. The "this wasn't me" link also removes the new number. */
  phoneChanged(tx: Db, before: User, now: User, client: From): Promise<void>;
  /** Does nothing if neither the roles nor the status has changed. */
  accountChanged(tx: Db, before: User, now: User, client: From): Promise<void>;
  /** By an administrator. */
  secondFactorsReset(tx: Db, user: User, client: From): Promise<void>;
  /** @param user deleted by this transaction, so the message must not need the row later */
  accountDeleted(tx: Db, user: User, client: From): Promise<void>;
}

interface Dependencies {
  clock: Clock;
  challenges: Challenges;
  outbox: Outbox;
  noticeLimits: Pick<NoticeLimits, 'permitNotice'>;
  identities: Pick<Identities, 'linkedSince'>;
  factors: Pick<Factors, 'addedSince'>;
  /** The label of a social provider, by its name. */
  toLabel(provider: string): string;
  publicUrl: string;
  /** Who makes the changes. Notices of an administrator's changes have no origin and no link. */
  actor: 'owner' | 'administrator';
  /** SMS_NOTICES: whether notices go by text message where there is no address. */
  sendsTexts: boolean;
}

/** Milliseconds. What was added in this time before a reset is listed in its notice, whose link removes it. */
const LISTED_AFTER_RESET = 30 * DAY;

export function createNotices({ challenges, publicUrl, identities, factors, toLabel, ...rest }: Dependencies): Notices {
  const { clock } = rest;
  const send = createNoticeSender({ ...rest, links: createNoticeLinks({ challenges, publicUrl }) });
  const listAdditions = createAdditionList({ identities, factors, toLabel });

  return {
    ...createFactorNotices(send),

    newDevice: (tx, user, client, bySms) =>
      send(tx, 'signed in from a new device', { user, client, isNumberAware: bySms }),

    passwordChanged: (tx, user, client) => send(tx, 'password changed or reset', { user, client }),

    async passwordReset(tx, user, client) {
      const since = after(clock.now(), -LISTED_AFTER_RESET);
      const added = await listAdditions(tx, user, since);
      const identityCount = added.filter(({ label }) => label !== undefined).length;
      await send(tx, 'password changed or reset', {
        user,
        client,
        // A reset must not become a way to remove factors: an attacker who reads the mailbox could use it.
        contested: { since: since.toISOString(), factorsSince: clock.now().toISOString() },
        mailFacts: { added },
        textFacts: { added: identityCount },
      });
    },

    identityLinked: (tx, user, { provider, createdAt }, client) =>
      send(tx, 'identity linked', {
        user,
        client,
        contested: { since: createdAt.toISOString() },
        mailFacts: { label: toLabel(provider) },
      }),

    identityUnlinked: (tx, user, { provider }, client) =>
      send(tx, 'identity unlinked', { user, client, mailFacts: { label: toLabel(provider) } }),

    async emailChanged(tx, before, { email }, client) {
      if (before.email === email) return;
      const [removedAddress, newAddress] = [parseEmail(before.email ?? ''), parseEmail(email ?? '')];
      const change = { user: { ...before, email: null }, client, removedAddress };
      if (!removedAddress) return send(tx, 'first address added', change);
      if (!newAddress) return send(tx, 'address removed, or its change undone', change);
      const isFinal = before.emailVerifiedAt === null;
      await send(tx, 'address changed', { ...change, isFinal, mailFacts: { newAddress } });
    },

    emailChangeUndone: (tx, before, client) =>
      send(tx, 'address removed, or its change undone', {
        user: before,
        client,
        removedAddress: parseEmail(before.email ?? ''),
      }),

    async phoneChanged(tx, before, now, client) {
      const isSame = before.phone === now.phone && verifiedPhone(before) === verifiedPhone(now);
      // A number that was never verified could not be used to sign in.
      if (isSame || (verifiedPhone(before) === null && now.phone === null)) return;
      const [oldPhone, newPhone] = [parsePhone(before.phone ?? ''), parsePhone(now.phone ?? '')];
      const isStillVerified = verifiedPhone(before) === verifiedPhone(now);
      const removedNumber = isStillVerified ? undefined : parsePhone(verifiedPhone(before) ?? '');
      const change = { user: now, client, removedNumber };
      if (!newPhone || newPhone === removedNumber)
        return send(tx, 'number removed', { ...change, mailFacts: { oldPhone } });
      const mailFacts = { newPhone, oldPhone: oldPhone === newPhone ? undefined : oldPhone };
      await send(tx, 'number added or changed', { ...change, contested: { phone: newPhone }, mailFacts });
    },

    async accountChanged(tx, before, now, client) {
      const changed = findChanges(before, now);
      if (changed.roles === undefined && changed.isActive === undefined) return;
      await send(tx, 'roles changed, deactivated or activated', { user: before, client, mailFacts: changed });
    },

    secondFactorsReset: (tx, user, client) => send(tx, 'second factors reset by an administrator', { user, client }),

    accountDeleted: (tx, user, client) => send(tx, 'account deleted', { user, client }),
  };
}

/** Undefined: unchanged. */
const findChanges = (before: User, { roles, isActive }: User) => ({
  roles: before.roles.toSorted().join() === roles.toSorted().join() ? undefined : roles,
  isActive: before.isActive === isActive ? undefined : isActive,
});
