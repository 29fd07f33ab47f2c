import { Card } from '../../../shared/ui/card.tsx';
import { Badges } from '../../parts/badges.tsx';
import { Facts } from '../../parts/facts.tsx';
import type { ConsoleUser } from './page.tsx';
import { useUserWords } from './words.ts';

const isEmpty = (object: object | null | undefined): boolean => Object.keys(object ?? {}).length === 0;

/** What the user may do in the surrounding app, and the app's data. */
export function Access({ user, isAdmin }: { readonly user: ConsoleUser; readonly isAdmin: boolean }) {
  const { cards, fields, none } = useUserWords();
  const json = (object: object | null | undefined) =>
    isEmpty(object) ? none : <pre className="json">{JSON.stringify(object, null, 2)}</pre>;
  return (
    <Card title={cards.access}>
      <Facts
        look="rows"
        of={{
          [fields.permissions]: user.permissions.length > 0 ? <Badges of={user.permissions} /> : none,
          [fields.publicMetadata]: json(user.publicMetadata),
          [fields.privateMetadata]: isAdmin && json(user.privateMetadata),
        }}
      />
    </Card>
  );
}
