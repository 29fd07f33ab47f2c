import { auth0Samples } from './auth0.ts';
import { betterAuthSamples } from './better-auth.ts';
import { clerkSamples } from './clerk.ts';
import { cognitoSamples } from './cognito.ts';
import { firebaseSamples } from './firebase.ts';
import { keycloakSamples } from './keycloak.ts';
import type { Sample } from './sample.ts';
import { supabaseSamples } from './supabase.ts';
import { wordpressSamples } from './wordpress.ts';

export const SAMPLES: readonly Sample[] = [
  ...supabaseSamples,
  ...auth0Samples,
  ...clerkSamples,
  ...cognitoSamples,
  ...keycloakSamples,
  ...firebaseSamples,
  ...wordpressSamples,
  ...betterAuthSamples,
];
