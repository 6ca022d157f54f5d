import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { shortcutsOf, slackAppOf } from '../../../sandbox/slack-app.ts';

const MANIFEST = new URL('../../../manifest.yml', import.meta.url);

describe("the sandbox's app", () => {
  it("has the scopes and events of Forge's own manifest", async () => {
    const app = slackAppOf(await readFile(MANIFEST, 'utf8'));

    expect(app).toMatchObject({ homeTab: true, messagesTab: 'read-only', events: ['app_home_opened'] });
    expect(app.scopes).toEqual(expect.arrayContaining(['commands', 'chat:write', 'users:read']));
  });

  it.each([
    { enabled: true, readOnly: false, messagesTab: 'open' },
    { enabled: false, readOnly: false, messagesTab: 'off' },
  ])('has a messages tab that is $messagesTab', async ({ enabled, readOnly, messagesTab }) => {
    const manifest = (await readFile(MANIFEST, 'utf8'))
      .replace('messages_tab_enabled: true', `messages_tab_enabled: ${enabled}`)
      .replace('messages_tab_read_only_enabled: true', `messages_tab_read_only_enabled: ${readOnly}`);

    expect(slackAppOf(manifest)).toMatchObject({ messagesTab });
  });

  it('has the shortcuts of its manifest, or none', async () => {
    const manifest = await readFile(MANIFEST, 'utf8');
    const shortcut = '{ name: Deploy, type: global, callback_id: deploy, description: Deploy a service }';
    const without = manifest.replace(/^ {2}shortcuts:\n(?: {4}.*\n)*/m, '');
    const withShortcut = without.replace('features:\n', `features:\n  shortcuts: [${shortcut}]\n`);

    expect(shortcutsOf(withShortcut)).toEqual([{ name: 'Deploy', type: 'global', callbackId: 'deploy' }]);
    expect(shortcutsOf(without)).toEqual([]);
  });
});
