import { describe, expect } from 'vitest';
import { options, type Setup } from '../code-host.ts';
import { openPull } from './open-pull.ts';

export function codeHostReviews({ open, it }: Setup): void {
  describe('reviews', () => {
    it('are asked of people, once each', async () => {
      const world = await open();
      const { host, repository, people } = world;
      const { number } = await openPull(world);

      const ask = () => host.askReviewers(repository, { number, reviewers: [people.writer] }, options);
      const answers = [await ask(), await ask()];

      const { reviewersAsked } = await host.pullRequest(repository, number, options);
      expect([answers, reviewersAsked]).toEqual([[{ notAsked: [] }, { notAsked: [] }], [people.writer]]);
    });

    it('are asked of the others where one cannot be asked', async () => {
      const world = await open();
      const { host, repository, people } = world;
      const { number, author } = await openPull(world);
      const reviewers = ['nobody-of-that-name', author.login ?? '', people.writer];

      const { notAsked } = await host.askReviewers(repository, { number, reviewers }, options);

      const { reviewersAsked } = await host.pullRequest(repository, number, options);
      expect(reviewersAsked).toEqual([people.writer]);
      expect(notAsked.map(({ reviewer }) => reviewer).toSorted()).toEqual(
        ['nobody-of-that-name', author.login ?? ''].toSorted(),
      );
      expect(notAsked.every(({ why }) => why.length > 5)).toBe(true);
    });

    it('tell the newest verdict of each person, of which commit, and whether it counts', async () => {
      const world = await open();
      const { host, repository, people, review } = world;
      const { number, head } = await openPull(world);
      await review(number, people.writer, 'request-changes');
      await review(number, people.writer, 'approve');
      await review(number, people.reader, 'approve');

      const reviews = await host.reviews(repository, number, options);

      expect(reviews.map(({ by, verdict, sha, counts }) => ({ by: by.login, verdict, sha, counts }))).toEqual(
        [
          { by: people.writer, verdict: 'approved', sha: head.sha, counts: true },
          { by: people.reader, verdict: 'approved', sha: head.sha, counts: false },
        ],
      );
    });

    it('keep their verdict when the same person comments afterwards', async () => {
      const world = await open();
      const { host, repository, people, review } = world;
      const { number } = await openPull(world);
      await review(number, people.writer, 'approve');
      await review(number, people.writer, 'comment');

      const reviews = await host.reviews(repository, number, options);

      expect(reviews.map(({ verdict }) => verdict)).toEqual(['approved']);
    });

    it('are not asked again of who has reviewed', async () => {
      const world = await open();
      const { host, repository, people, review } = world;
      const { number } = await openPull(world);
      await review(number, people.writer, 'approve');

      await host.askReviewers(repository, { number, reviewers: [people.writer] }, options);

      expect((await host.pullRequest(repository, number, options)).reviewersAsked).toEqual([]);
    });
  });
}
