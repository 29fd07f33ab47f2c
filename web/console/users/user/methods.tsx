import { useFormat } from '../../../shared/format.ts';
import { Card } from '../../../shared/ui/card.tsx';
import { Facts } from '../../parts/facts.tsx';
import type { ConsoleUser } from './page.tsx';
import { useUserWords } from './words.ts';

/** How the user can sign in. */
export function Methods({ user, isAdmin }: { readonly user: ConsoleUser; readonly isAdmin: boolean }) {
  const words = useUserWords();
  const format = useFormat();
  const { facts, none } = words;
  const yesOrNo = (is: boolean) => (is ? words.yes : words.no);
  const passkeys = user.passkeys?.map(({ id, name, createdAt }) => [id, name, createdAt] as const) ?? [];
  const identities = user.identities.map(({ id, provider, email, createdAt }) => {
    const name = email ? `${provider}: ${email}` : provider;
    return [id, name, createdAt] as const;
  });
  const list = (entries: readonly (readonly [id: string, name: string, createdAt: string])[]) =>
    entries.length === 0 ? (
      none
    ) : (
      <ul className="plain-list">
        {entries.map(([id, name, createdAt]) => (
          <li key={id}>
            <bdi className="break">{name}</bdi> <span className="quiet-text">{format.date(createdAt)}</span>
          </li>
        ))}
      </ul>
    );
  return (
    <Card title={words.cards.methods}>
      <Facts
        look="rows"
        of={{
          [facts.password]: yesOrNo(user.hasPassword),
          [facts.factorRequired]: yesOrNo(user.secondFactorRequired),
          [facts.totp]: yesOrNo(user.totpEnabled),
          [facts.recoveryCodes]: isAdmin && format.number(user.recoveryCodesRemaining ?? 0),
          [facts.passkeys]: isAdmin && list(passkeys),
          [facts.identities]: list(identities),
        }}
      />
    </Card>
  );
}
