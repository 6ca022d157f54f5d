import { place, type Started, startGithub } from './start-github.ts';

export const banner = {
  ...place,
  head: 'feature/banner',
  base: 'main',
  title: 'Show a banner',
  body: 'Hello.',
};

/** A GitHub with a pull request of Maya's. */
export async function withPull(from: Partial<typeof banner> & { draft?: boolean } = {}) {
  const started = await startGithub();
  const { data } = await started.as('maya-p').pulls.create({ ...banner, ...from });
  return { ...started, pull: { ...place, pull_number: data.number }, head: data.head.sha };
}

/** What a pull request comes to once GitHub has worked it out. */
export async function worked({ app }: Started, pull: { owner: string; repo: string; pull_number: number }) {
  await app.pulls.get(pull);
  return (await app.pulls.get(pull)).data;
}
