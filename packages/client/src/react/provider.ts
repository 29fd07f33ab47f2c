import {
  createContext,
  createElement,
  type ReactElement,
  type ReactNode,
  useContext,
  useSyncExternalStore,
} from 'react';
import type { Latchkey } from '../client.ts';
import type { Session, SessionUser } from '../session.ts';

const Context = createContext<Latchkey | undefined>(undefined);

/** Gives the client to the hooks below. Create it outside of components, so that a render does not replace it. */
export function LatchkeyProvider(props: { readonly latchkey: Latchkey; readonly children?: ReactNode }): ReactElement {
  return createElement(Context.Provider, { value: props.latchkey }, props.children);
}

/** The client of the provider. */
export function useLatchkey(): Latchkey {
  const latchkey = useContext(Context);
  if (!latchkey) throw new Error('This component needs a <LatchkeyProvider> around it.');
  return latchkey;
}

const LOADING: Session = { status: 'loading' };

/** Whether the user is signed in, in all tabs. `loading` on a server and in the first render. */
export function useSession(): Session {
  const latchkey = useLatchkey();
  return useSyncExternalStore(
    latchkey.onChange,
    () => latchkey.session,
    () => LOADING,
  );
}

/** The signed-in user. Undefined if the user is signed out, or it is not known yet. */
export function useUser(): SessionUser | undefined {
  const session = useSession();
  return session.status === 'signedIn' ? session.user : undefined;
}
