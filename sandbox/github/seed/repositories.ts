import { seededBuilds } from '../../aws/seed-images.ts';
import type { SeedRepository } from '../parts.ts';
import { deployWorkflow } from './deploy-workflow.ts';
import { History } from './fast-import.ts';
import { bothBeginWith, layer } from './layers.ts';

const sam = { name: 'Sam Okafor', email: 'sam@acme.example' };
const maya = { name: 'Maya Chen', email: 'maya@acme.example' };
const lena = { name: 'Lena Fischer', email: 'lena@acme.example' };

/** A fixed day, so that commits have the same names on every start. */
const start = Date.UTC(2026, 0, 5, 9);
const day = (days: number) => start + days * 86_400_000;

/** What the sandbox's GitHub holds at the start. Their tags are the versions of the seeded images. */
export function seedRepositories(): readonly SeedRepository[] {
  return [api(), worker()];
}

function api(): SeedRepository {
  const history = new History();
  const files = firstFiles('api', { repository: 'acme-api', inProduction: true });
  const orders = history.commit('main', { message: 'Take orders\n', author: sam, at: day(0), files });
  history.tag('v0.9.0', orders);
  const note = history.commit('main', {
    ...{ message: 'Let an order carry a note\n', author: lena, at: day(7), files: layer('api', 'v1.0.0') },
  });
  history.tag('v1.0.0', note);
  const open = history.commit('main', {
    ...{ message: 'Say that the shop is open\n', author: sam, at: day(10), files: layer('api', 'v1.1.0') },
  });
  history.annotatedTag('v1.1.0', open, { message: 'The shop is open\n', author: sam, at: day(10) });
  writeBadVersions(history, note);
  writeFeatures(history, open);
  return {
    name: 'acme/api',
    description: 'The public API',
    defaultBranch: 'main',
    history: history.text(),
  };
}

function firstFiles(repository: 'api' | 'worker', image: Parameters<typeof deployWorkflow>[0]) {
  const files = new Map([...bothBeginWith(), ...layer(repository, 'v0.9.0')]);
  return files.set('.github/workflows/deploy.yml', deployWorkflow(image));
}

/** A branch and a tag for each image that is bad, so that every image here has a commit. */
function writeBadVersions(history: History, from: number): void {
  for (const { version, branch } of seededBuilds.filter((build) => build.branch !== 'main')) {
    const behaviour = version.split('-').at(-1) ?? '';
    const commit = {
      message: `Try something new: ${behaviour}\n`,
      author: sam,
      at: day(9),
      files: new Map([['src/behaviour.txt', `${behaviour}\n`]]),
    };
    history.tag(version, history.commit(branch, commit, from));
  }
}

function writeFeatures(history: History, from: number): void {
  const banner = {
    message: 'Show a banner on the first page\n\nMarketing can say there what is going on in the shop.\n',
    ...{ author: maya, at: day(11), files: layer('api', 'banner') },
  };
  const tooLong = {
    ...{
      message: 'Say more in the banner\n',
      author: maya,
      at: day(12),
      files: layer('api', 'banner-too-long'),
    },
  };
  const shown = history.commit('feature/banner', banner, from);
  const long = history.commit('feature/banner', tooLong, shown);
  history.commit(
    'feature/banner-fixed',
    { ...bannerFix, files: new Map(Object.entries(bannerFix.files)) },
    long,
  );
  const dropped = {
    ...{ message: 'Drop the legacy reference of orders\n', author: lena, at: day(12) },
    files: layer('api', 'drop-column'),
  };
  history.commit('feature/drop-column', dropped, from);
  const stealing = {
    ...{ message: 'Test orders better\n', author: { name: 'A stranger', email: 'stranger@example.com' } },
    ...{ at: day(12), files: layer('api', 'steals-secrets') },
  };
  history.commit('feature/steals-secrets', stealing, from);
}

/** What mends `feature/banner`; it is ready as the branch `feature/banner-fixed` too. */
export const bannerFix = {
  branch: 'feature/banner',
  message: 'Shorten the banner, so that it fits on a phone\n',
  author: maya,
  at: day(13),
  files: Object.fromEntries(layer('api', 'banner-fixed')),
};

function worker(): SeedRepository {
  const history = new History();
  const versions = [
    { version: 'v0.9.0', message: 'Write invoices\n', at: day(0) },
    { version: 'v1.0.0', message: 'Name the currency\n', at: day(7) },
    { version: 'v1.1.0', message: 'Say when an invoice is due\n', at: day(10) },
  ];
  for (const { version, message, at } of versions) {
    const files =
      version === 'v0.9.0'
        ? firstFiles('worker', { repository: 'acme-billing-worker', inProduction: false })
        : layer('worker', version);
    history.tag(version, history.commit('main', { message, at, author: sam, files }));
  }
  return {
    name: 'acme/billing-worker',
    description: 'Writes invoices',
    defaultBranch: 'main',
    history: history.text(),
  };
}
