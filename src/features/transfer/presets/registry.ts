import type { PresetName } from '../formats/formats.ts';
import { auth0 } from './auth0.ts';
import { betterAuth } from './better-auth.ts';
import { clerk } from './clerk.ts';
import { cognito } from './cognito.ts';
import { type FirebaseHashConfig, firebase } from './firebase.ts';
import { keycloak } from './keycloak.ts';
import type { Preset } from './preset.ts';
import { supabase } from './supabase.ts';
import { wordpress } from './wordpress.ts';

/** @param config the parameters of Firebase's hashes */
export function choosePreset(name: PresetName, config: FirebaseHashConfig | undefined, now: Date): Preset {
  const presets: Record<PresetName, Preset> = {
    supabase: supabase(now),
    auth0,
    clerk,
    cognito,
    keycloak,
    firebase: firebase(config),
    wordpress,
    'better-auth': betterAuth,
  };
  return presets[name];
}

/** Prefix of phone numbers without a plus, by format. */
export const PRESET_PHONE_PREFIX: Partial<Record<string, string>> = { supabase: '+' };
