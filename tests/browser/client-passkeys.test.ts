import type { CDPSession, Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { describeBrowser } from '../support/browser.ts';
import { inTab, useClientTabs } from '../support/client-tabs.ts';
import { PASSWORD } from '../support/people.ts';
import { addVirtualAuthenticator } from '../support/virtual-authenticator.ts';

describeBrowser('@latchkey/client in a browser', (executablePath) => {
  const { context, sent, openTab, register, sessionOf } = useClientTabs(executablePath);

  describe.each([
    ['with the JSON methods of WebAuthn', false],
    ['in browsers without them', true],
  ])('passkeys %s', (_title, isOld) => {
    let tab: Page;
    let devtools: CDPSession;
    beforeEach(async () => {
      if (isOld)
        await context().addInitScript(() => {
          const { PublicKeyCredential } = window as unknown as { PublicKeyCredential: Record<string, unknown> };
          delete PublicKeyCredential.parseCreationOptionsFromJSON;
          delete PublicKeyCredential.parseRequestOptionsFromJSON;
          delete (PublicKeyCredential.prototype as Record<string, unknown>).toJSON;
        });
      tab = await openTab();
      ({ devtools } = await addVirtualAuthenticator(tab));
      await register(tab);
    });
    const addPasskey = () => inTab(tab, () => window.latchkey.addPasskey({ name: 'Laptop' }), undefined);
    const signOut = () => inTab(tab, () => window.latchkey.logout(), undefined);

    test('are added, sign in, also by autofill, and reauthenticate', async () => {
      expect(await addPasskey()).toMatchObject({ __typename: 'PasskeySaved', passkey: { name: 'Laptop' } });
      expect(await addPasskey()).toEqual({ __typename: 'PasskeyExists' });
      expect(await inTab(tab, () => window.latchkey.reauthenticateWithPasskey(), undefined)).toMatchObject({
        __typename: 'Reauthenticated',
      });
      await signOut();
      expect(await inTab(tab, () => window.latchkey.signInWithPasskey(), undefined)).toMatchObject({
        __typename: 'Authenticated',
      });
      await signOut();
      expect(await inTab(tab, () => window.latchkey.signInWithPasskey({ autofill: true }), undefined)).toMatchObject({
        __typename: 'Authenticated',
      });
      expect(await sessionOf(tab)).toMatchObject({ status: 'signedIn' });
    });

    test('complete a sign-in with the password', async () => {
      await addPasskey();
      await inTab(tab, () => window.latchkey.setSecondFactorRequired({ required: true }), undefined);
      const { user } = (await sessionOf(tab)) as { user: { email: string } };
      await signOut();
      const result = await inTab(
        tab,
        async ([identifier, password]) => {
          const required = await window.latchkey.login({ identifier, password });
          if (required.__typename !== 'SecondFactorRequired') return required;
          return window.latchkey.verifyWithPasskey(required);
        },
        [user.email, PASSWORD] as const,
      );
      expect(result.__typename).toBe('Authenticated');
    });

    test('are offered once if the clock of the device is wrong by weeks', async () => {
      await signOut();
      sent.length = 0;
      await inTab(
        tab,
        () => {
          const now = Date.now;
          Date.now = () => now() - 40 * 24 * 3_600_000;
          void window.latchkey.signInWithPasskey({ autofill: true });
        },
        undefined,
      );
      await expect.poll(() => sent).toContain('StartPasskeyLogin');
      await tab.waitForTimeout(500);
      expect(sent).toEqual(['StartPasskeyLogin']);
    });

    test('that the user does not choose are cancelled; a call replaces the one that waits', async () => {
      await addPasskey();
      await signOut();
      await devtools.send('WebAuthn.setAutomaticPresenceSimulation', {
        authenticatorId: (
          await devtools.send('WebAuthn.addVirtualAuthenticator', {
            options: { protocol: 'ctap2', transport: 'usb', automaticPresenceSimulation: false },
          })
        ).authenticatorId,
        enabled: false,
      });
      const result = await inTab(
        tab,
        async () => {
          const controller = new AbortController();
          controller.abort();
          return window.latchkey.signInWithPasskey({ signal: controller.signal });
        },
        undefined,
      );
      expect(result).toEqual({ __typename: 'PasskeyCancelled' });
    });
  });
});
