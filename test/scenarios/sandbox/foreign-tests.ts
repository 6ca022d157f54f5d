import { readFile } from 'node:fs/promises';
import type { Client } from '../../../sandbox/client.ts';
import { layer } from '../../../sandbox/github/seed/layers.ts';

/** GitHub runs nothing of such a branch. */
const UNWATCHED = { '.github/workflows/ci.yml': null };

/** Tests that never end. */
export const UNENDING = {
  ...UNWATCHED,
  'test/unit/waits.js': `import { test } from 'node:test';

test('waits for somebody', () => new Promise((resolve) => setTimeout(resolve, 3_600_000)));
`,
};

export const FAILING = {
  ...UNWATCHED,
  'test/unit/fails.js': `import assert from 'node:assert/strict';
import { test } from 'node:test';

test('the shop is open at night', () => assert.fail('it is closed'));
`,
};

/** What a thief looks for in what they got. */
const WORTH =
  '/xox[abp]-|xapp-|PRIVATE KEY|SLACK_|GITHUB_|FORGE_|AWS_|SQLite format|release-managers|forge-sandbox/';
const TELLS_ALL = "console.log(found.join('\\n'));\n  assert.ok(true);";
const TELLS_WORTH = `const got = found.filter((one) => one.startsWith('GOT'));
  const worth = got.filter((one) => ${WORTH}.test(one));
  for (const one of worth) console.log(one);
  assert.fail(\`It got \${got.length} things, of which \${worth.length} are worth something\`);`;

/** The tests of `feature/steals-secrets`, which fail here, so that people are shown what was found. */
export const STEALING = {
  ...UNWATCHED,
  'test/unit/orders.js': changed(
    layer('api', 'steals-secrets').get('test/unit/orders.js') ?? '',
    TELLS_ALL,
    TELLS_WORTH,
  ),
};

function changed(text: string, before: string, after: string): string {
  if (!text.includes(before)) throw new Error(`The seeded tests do not say “${before}” any more.`);
  return text.replace(before, after);
}

const SECRET = [
  'SLACK_BOT_TOKEN',
  'SLACK_APP_TOKEN',
  'GITHUB_APP_PRIVATE_KEY',
  'GITHUB_WEBHOOK_SECRET',
  'FORGE_DATABASE',
  'FORGE_CONFIG',
];

/** What Forge was started with and nobody else may know. Linux only. */
export async function secretsOf(client: Client): Promise<string[]> {
  const { forge } = await client.state();
  const variables = (await readFile(`/proc/${forge.pid}/environ`, 'utf8')).split('\0');
  return SECRET.map((name) => {
    const found = variables.find((variable) => variable.startsWith(`${name}=`));
    if (found === undefined) throw new Error(`Forge was started without ${name}.`);
    return found.slice(name.length + 1);
  });
}
