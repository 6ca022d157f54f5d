import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { forgeEnvironment } from '../../sandbox/forge-environment.ts';
import { startWorkspace } from '../sandbox/slack/harness.ts';
import { good } from './policy-text.ts';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

describe('a process whose token Slack refuses', () => {
  it.each([
    ['bot', { SLACK_BOT_TOKEN: 'xoxb-wrong' }, 'Check SLACK_BOT_TOKEN'],
    ['app', { SLACK_APP_TOKEN: 'xapp-wrong' }, 'Check SLACK_APP_TOKEN'],
  ])(
    'ends for the sake of its %s token, with one sentence and the exit code of a wrong set-up',
    async (which, token, help) => {
      const { origin } = await startWorkspace();
      const folder = mkdtempSync(join(tmpdir(), 'forge-token-'));
      onTestFinished(() => rmSync(folder, { recursive: true }));
      const configFile = join(folder, 'forge.yml');
      writeFileSync(configFile, good);
      const environment = forgeEnvironment(process.env, { origin, folder, configFile });
      const child = spawn(process.execPath, [main], { env: { ...environment, ...token } });
      onTestFinished(() => {
        child.kill('SIGKILL');
      });
      let said = '';
      child.stderr.on('data', (data) => {
        said += data;
      });

      await once(child, 'close');

      expect(child.exitCode).toBe(78);
      expect(said).toContain('Forge cannot start yet:\n');
      expect(said).toContain(`  - Slack refuses the ${which} token (invalid_auth). ${help}`);
    },
  );
});
