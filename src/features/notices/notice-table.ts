import type { NoticeKind } from '../../messages/message.ts';
import type { TextNotice } from '../../messages/sms.ts';

/** Who is notified of a change of an account. docs/security.md shows the table; a test compares the two. */
export interface NoticeRule {
  /** To the account: a mail to its address or, if it has none, a text message to its verified number. */
  mail?: NoticeKind;
  text?: TextNotice['kind'];
  /** To the address and the verified number that the account had before. */
  toRemovedAddress?: NoticeKind;
  toRemovedNumber?: TextNotice['kind'];
  /** In the mail, unless an administrator made the change. */
  link?: 'not-me' | 'undo';
}

export const NOTICES = {
  'signed in from a new device': { mail: 'new-device', text: 'new-device', link: 'not-me' },
  'password changed or reset': { mail: 'password-changed', text: 'password-changed', link: 'not-me' },
  'identity linked': { mail: 'identity-linked', text: 'identity-linked', link: 'not-me' },
  'identity unlinked': { mail: 'identity-unlinked', text: 'identity-unlinked', link: 'not-me' },
  'second factor or passkey changed': { mail: 'factor-changed', text: 'factor-changed', link: 'not-me' },
  'recovery code used': { mail: 'recovery-code-used', text: 'recovery-code-used', link: 'not-me' },
  'first address added': { text: 'email-added' },
  'address changed': { toRemovedAddress: 'email-changed', link: 'undo' },
  'address removed, or its change undone': { toRemovedAddress: 'email-removed' },
  'number added or changed': { mail: 'phone-changed', toRemovedNumber: 'phone-changed', link: 'not-me' },
  'number removed': { mail: 'phone-removed', toRemovedNumber: 'phone-removed' },
  'roles changed, deactivated or activated': { mail: 'account-changed', text: 'account-changed' },
  'second factors reset by an administrator': { mail: 'second-factors-reset', text: 'second-factors-reset' },
  'account deleted': { mail: 'account-deleted', text: 'account-deleted' },
} as const satisfies Record<string, NoticeRule>;

export type NoticeName = keyof typeof NOTICES;
