import type { CDPSession, Page } from 'playwright-core';

/** A platform authenticator that verifies the user and needs no touch (WebAuthn Level 3, section 11), of the tab. */
export async function addVirtualAuthenticator(tab: Page): Promise<{ devtools: CDPSession; authenticatorId: string }> {
  const devtools = await tab.context().newCDPSession(tab);
  await devtools.send('WebAuthn.enable', { enableUI: false });
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { devtools, authenticatorId };
}
