import { parsePhone } from '../../core/phones.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Addition } from '../../messages/message.ts';
import { isPhoneVerifiedSince, type User } from '../accounts/user.ts';
import type { Factors } from '../factors/factor.service.ts';
import type { Identities } from '../identities/identity.service.ts';

/** What was added to the account at this time or later: identities, oldest first, factors, and the number. */
export type ListAdditions = (tx: Db, user: User, since: Date) => Promise<Addition[]>;

interface Dependencies {
  identities: Pick<Identities, 'linkedSince'>;
  factors: Pick<Factors, 'addedSince'>;
  /** The label of a social provider, by its name. */
  toLabel(provider: string): string;
}

export function createAdditionList({ identities, factors, toLabel }: Dependencies): ListAdditions {
  return async (tx, user, since) => {
    const linked = await identities.linkedSince(tx, user.id, since);
    const added: Addition[] = linked.map(({ provider, createdAt }) => ({
      label: toLabel(provider),
      at: createdAt.toISOString(),
    }));
    for (const { factor, createdAt } of await factors.addedSince(tx, user.id, since))
      added.push({ factor: `${factor}-added`, at: createdAt.toISOString() });
    const phone = parsePhone(user.phone ?? '');
    if (phone && user.phoneVerifiedAt && isPhoneVerifiedSince(user, since))
      added.push({ phone, at: user.phoneVerifiedAt.toISOString() });
    return added;
  };
}
