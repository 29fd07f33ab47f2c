import { startFacebook } from '../support/social/facebook.ts';
import { startGithub } from '../support/social/github.ts';
import { startGoogle } from '../support/social/google.ts';
import { startMockIssuer } from '../support/social/mock-issuer.ts';
import { startRealIssuer } from '../support/social/real-issuer.ts';
import { describeProvider } from './provider.contract.ts';

const openId = { hasIdToken: true, verifiesEmail: true };

describeProvider('google', startGoogle, openId);
describeProvider('facebook', startFacebook, { hasIdToken: false, verifiesEmail: false });
describeProvider('github', startGithub, { hasIdToken: false, verifiesEmail: true });
describeProvider('any issuer (oauth2-mock-server)', startMockIssuer, openId);
describeProvider('any issuer (oidc-provider)', startRealIssuer, openId);
