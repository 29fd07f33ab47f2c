import { Suspense } from 'react';
import { Redirect, Route, Router, Switch } from 'wouter';
import { SignedInProviders } from '../../shared/signed-in-providers.tsx';
import { Loading } from '../../shared/ui/loading.tsx';
import { ActivityPage } from './activity/activity-page.tsx';
import { DevicesPage } from './devices/devices-page.tsx';
import { Layout } from './layout.tsx';
import { LinkPage } from './link-page.tsx';
import { ProfilePage } from './profile/profile-page.tsx';
import { SecurityPage } from './security/security-page.tsx';
import './signed-in.css';

export interface SignedInProps {
  /** Why `?return_to=` was not followed. */
  readonly notice: string | undefined;
  /** Called after the account is deleted, when the user is signed out. */
  onDeleted(): void;
}

/** The pages of the signed-in user. */
export default function SignedIn({ notice, onDeleted }: SignedInProps) {
  return (
    <SignedInProviders>
      <Router base="/account">
        <Layout notice={notice}>
          <Suspense fallback={<Loading />}>
            <Switch>
              <Route path="/">
                <ProfilePage onDeleted={onDeleted} />
              </Route>
              <Route path="/security" component={SecurityPage} />
              <Route path="/devices" component={DevicesPage} />
              <Route path="/activity" component={ActivityPage} />
              <Route path="/callback" component={LinkPage} />
              {/* Such as the path of the sign-in. */}
              <Route>
                <Redirect to="/" replace />
              </Route>
            </Switch>
          </Suspense>
        </Layout>
      </Router>
    </SignedInProviders>
  );
}
