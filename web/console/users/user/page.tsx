import { ConsoleUserDocument, type ConsoleUserQuery } from '../../../generated/documents.ts';
import { Badge } from '../../../shared/ui/badge.tsx';
import { Loaded } from '../../../shared/ui/loaded.tsx';
import { PageTitle } from '../../../shared/ui/page-title.tsx';
import { BackLink } from '../../parts/back-link.tsx';
import { Badges } from '../../parts/badges.tsx';
import { PageHeader } from '../../parts/page-header.tsx';
import { useData } from '../../shell/data.ts';
import { useIsAdmin } from '../../shell/viewer.ts';
import { useShellWords } from '../../shell/words.ts';
import { nameOfUser } from '../user-name.ts';
import { Access } from './access.tsx';
import { Devices } from './devices.tsx';
import { History } from './history.tsx';
import { Methods } from './methods.tsx';
import { Operations } from './operations.tsx';
import { Profile } from './profile.tsx';
import { useUserWords } from './words.ts';
import './user.css';

export type ConsoleUser = NonNullable<ConsoleUserQuery['user']>;

/** Everything about one user, and what an administrator can do. */
export default function Page({ params: { id = '' } }: { readonly params: { readonly id?: string | undefined } }) {
  const words = useUserWords();
  const isAdmin = useIsAdmin();
  const found = useData(ConsoleUserDocument, { id, isAdmin });
  return (
    <>
      <BackLink href="/console/users">{words.back}</BackLink>
      <Loaded of={found}>{({ user }) => (user ? <User user={user} isAdmin={isAdmin} /> : <NotFound />)}</Loaded>
    </>
  );
}

function User({ user, isAdmin }: { readonly user: ConsoleUser; readonly isAdmin: boolean }) {
  const words = useUserWords();
  const shell = useShellWords();
  return (
    <>
      <PageHeader
        title={nameOfUser(user)}
        beside={
          <Badges of={user.roles.map((role) => shell.roles[role])}>
            {!user.isActive && <Badge look="bad">{words.inactive}</Badge>}
          </Badges>
        }
      />
      <div className="user-cards">
        <Profile user={user} isAdmin={isAdmin} />
        <Access user={user} isAdmin={isAdmin} />
        <Methods user={user} isAdmin={isAdmin} />
        <Devices user={user} isAdmin={isAdmin} />
        {isAdmin && <History userId={user.id} />}
        {isAdmin && <Operations user={user} />}
      </div>
    </>
  );
}

function NotFound() {
  const { notFound } = useUserWords();
  return (
    <>
      <PageTitle>{notFound[0]}</PageTitle>
      <p>{notFound[1]}</p>
    </>
  );
}
