import { createContext, useContext } from 'react';
import type { ConsoleViewerQuery, Role } from '../../generated/documents.ts';
import { isolate } from '../../shared/isolate.ts';

export type Viewer = NonNullable<ConsoleViewerQuery['me']>;

const Context = createContext<Viewer | undefined>(undefined);

export const ViewerProvider = Context.Provider;

/** The signed-in user, who has a role. */
export function useViewer(): Viewer {
  const viewer = useContext(Context);
  if (!viewer) throw new Error('Pages of the console are inside of <SignedIn>.');
  return viewer;
}

/** Whether the pages show what the role allows. The server decides. */
export const hasRole = ({ roles }: Viewer, role: Role): boolean => roles.includes('ADMIN') || roles.includes(role);

export const useIsAdmin = (): boolean => hasRole(useViewer(), 'ADMIN');

/** How the user is called where there is little space. */
export const nameOf = ({ email, phone, id }: Pick<Viewer, 'email' | 'phone' | 'id'>): string =>
  isolate(email ?? phone ?? id);
