import type { Change } from '../src/ports/store.ts';
import type { Database } from './database.ts';
import { Refusal } from './refusal.ts';
import { vote } from './schema.sqlite.ts';

type CastVote = Extract<Change, { kind: 'cast-vote' }>;

/** Throws a `Refusal` when this person has voted in this round: a second vote is none, whoever thought otherwise. */
export function castVote({ orm }: Pick<Database, 'orm'>, cast: CastVote, at: number): void {
  const { deployment, round, voter, verdict } = cast;
  const row = { deployment, round, voter, verdict, at };
  if (orm.insert(vote).values(row).onConflictDoNothing().run().changes === 0) {
    throw new Refusal(`${voter} has voted on #${deployment} in round ${round}`);
  }
}
