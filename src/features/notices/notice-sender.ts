import { after, type Clock } from '../../core/clock.ts';
import { describeDevice } from '../../core/device.ts';
import { type Email, type Phone, parseEmail } from '../../core/identifiers.ts';
import { LOCALES } from '../../core/locale.ts';
import { parsePhone } from '../../core/phones.ts';
import type { Client } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import type { NoticeKind, NoticeMessage, Origin } from '../../messages/message.ts';
import type { TextNotice } from '../../messages/sms.ts';
import { messageLocale, type User, verifiedPhone } from '../accounts/user.ts';
import type { Outbox } from '../outbox/outbox.service.ts';
import type { NoticeLimits } from '../send-limits/notice-limits.ts';
import { type Contested, NOTICE_TTL, type NoticeLinks } from './notice-links.ts';
import { NOTICES, type NoticeName, type NoticeRule } from './notice-table.ts';

/** A change, and whom it concerns. */
export interface Change {
  /** Reached by the address or, without one, by the verified number. */
  user: User;
  /** Undefined on the command line. */
  client: Client | undefined;
  removedAddress?: Email | undefined;
  removedNumber?: Phone | undefined;
  /** The user has just entered the code of a text message: the owner of the number needs no second one. */
  isNumberAware?: boolean;
  /** The user may not undo it: an unverified old address may have been mistyped. */
  isFinal?: boolean;
  contested?: Contested | undefined;
  /** Facts of the mail of this kind. */
  mailFacts?: object;
  textFacts?: Pick<TextNotice, 'added'>;
}

/** Sends the notices that the table lists for a change, in the transaction of the change. */
export type SendNotices = (tx: Db, name: NoticeName, change: Change) => Promise<void>;

interface Dependencies {
  clock: Clock;
  outbox: Outbox;
  noticeLimits: Pick<NoticeLimits, 'permitNotice'>;
  links: NoticeLinks;
  /** Administrators: messages do not reveal their device and offer no link. */
  actor: 'owner' | 'administrator';
  /** Whether notices go by text message where there is no address. */
  sendsTexts: boolean;
}

/** Messages do not reveal where an administrator is. */
const NO_ORIGIN: Origin = { device: '', ip: '' };

export function createNoticeSender(dependencies: Dependencies): SendNotices {
  const { clock, outbox, noticeLimits, links, actor, sendsTexts } = dependencies;

  const envelope = ({ user, client }: Change) => ({
    locale: messageLocale(user, client?.locale ?? LOCALES[0]),
    expiresAt: after(clock.now(), NOTICE_TTL),
  });

  const describeOrigin = (client: Client | undefined): Origin =>
    client && actor === 'owner' ? { device: describeDevice(client.userAgent), ip: client.ip } : NO_ORIGIN;

  async function linkIn(tx: Db, link: NoticeRule['link'], to: Email, { user, contested, isFinal }: Change) {
    if (!link || isFinal || actor === 'administrator') return {};
    const request = { userId: user.id, email: to, contested };
    return link === 'not-me'
      ? { notMeLink: await links.notMe(tx, request), linkTtl: NOTICE_TTL }
      : { undoLink: await links.undoEmailChange(tx, request), linkTtl: NOTICE_TTL };
  }

  async function mail(tx: Db, kind: NoticeKind, to: Email, link: NoticeRule['link'], change: Change): Promise<void> {
    const { user, client, mailFacts } = change;
    // The recipient is the current or the previous address of this user.
    const toUnverified = user.emailVerifiedAt === null;
    const request = { userId: user.id, channel: 'EMAIL', kind, client, toUnverified } as const;
    const { permit, more } = await noticeLimits.permitNotice(tx, request);
    const facts = { at: clock.now().toISOString(), origin: describeOrigin(client), more, ...mailFacts };
    // The methods of `Notices` give each kind its facts.
    const message = { kind, to, ...facts, ...(await linkIn(tx, link, to, change)) } as NoticeMessage;
    await outbox.enqueue(tx, permit, message, envelope(change));
  }

  async function text(tx: Db, kind: TextNotice['kind'], to: Phone, change: Change): Promise<void> {
    if (!sendsTexts) return;
    const { user, client, textFacts } = change;
    const { permit, more } = await noticeLimits.permitNotice(tx, { userId: user.id, channel: 'SMS', kind, client });
    await outbox.enqueueSms(tx, permit, { kind, to, more, ...textFacts }, envelope(change));
  }

  return async (tx, name, change) => {
    const rule: NoticeRule = NOTICES[name];
    const { user, removedAddress, removedNumber } = change;
    const [address, number] = [parseEmail(user.email ?? ''), parsePhone(verifiedPhone(user) ?? '')];
    if (rule.toRemovedAddress && removedAddress)
      await mail(tx, rule.toRemovedAddress, removedAddress, rule.link, change);
    if (rule.toRemovedNumber && removedNumber) await text(tx, rule.toRemovedNumber, removedNumber, change);
    if (rule.mail && address) await mail(tx, rule.mail, address, rule.link, change);
    if (rule.text && !address && number && !change.isNumberAware) await text(tx, rule.text, number, change);
  };
}
