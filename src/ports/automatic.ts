import { z } from 'zod';
import type { Actor } from '../domain/actor.ts';
import type { AutomaticHold, AutomaticPlace, Followed } from '../domain/automatic.ts';

/** Has a place look at refs that were pushed. Plain JSON. */
export const ToFollow = z.strictObject({
  service: z.string(),
  environment: z.string(),
  /** By full name, and what each pointed at before, where that is known. */
  refs: z.array(z.strictObject({ ref: z.string(), before: z.string().optional() })),
  /** The code host tells who pushed, in a delivery that may come a little later than this one. */
  isTold: z.boolean(),
});
export type ToFollow = z.infer<typeof ToFollow>;

/** What the code host said of who pushed a commit to a ref. */
export type ToldPush = {
  repository: string;
  ref: string;
  commit: string;
  login?: string;
  email?: string;
};

/** What is written about deployments that nobody asks for by hand. Nothing of what was followed or held is ever deleted. */
export type AutomaticChange =
  /**
   * A conflict when the id is taken, or the newest of that ref in that place is not `after` any more: each is dealt with once. Of
   * `requested` also where the place is held.
   */
  | { kind: 'record-followed'; followed: Omit<Followed, 'at'>; after: string | undefined }
  /** Nothing where the place is held already. */
  | {
      kind: 'hold-automatic';
      service: string;
      environment: string;
      deployment?: number;
      by: Actor;
      why?: string;
    }
  /** A conflict when that hold has ended. */
  | { kind: 'resume-automatic'; hold: string; by: Actor; why?: string }
  /** What the refs of a repository pointed at when they were looked at last, by full name. */
  | { kind: 'see-refs'; repository: string; refs: Record<string, string> }
  /** The newest of the same commit and ref counts. */
  | { kind: 'keep-push'; push: ToldPush };

export type Automatics = {
  /** The id the next one would get; claim it by recording. */
  nextFollowed(): Promise<string>;
  followed(id: string): Promise<Followed | undefined>;
  /** The newest of that ref in that place. */
  lastFollowed(at: AutomaticPlace & { ref: string }): Promise<Followed | undefined>;
  /** The same, of those that could be read: a ref that nobody could tell what it pointed at has no commit. */
  lastRead(at: AutomaticPlace & { ref: string }): Promise<Followed | undefined>;
  /** Of every ref in that place the newest that could be read, the oldest first. */
  followedIn(place: AutomaticPlace): Promise<Followed[]>;
  /** What was pushed there and is not dealt with yet, in the order it came. */
  toFollow(place: AutomaticPlace): Promise<ToFollow[]>;
  /** The hold in force in that place. */
  automaticHold(place: AutomaticPlace): Promise<AutomaticHold | undefined>;
  /** Whatever became of it. */
  hold(id: string): Promise<AutomaticHold | undefined>;
  /** Those in force, the oldest first. */
  automaticHolds(): Promise<AutomaticHold[]>;
  /** Undefined: nobody has looked at the repository yet. */
  seenRefs(repository: string): Promise<Record<string, string> | undefined>;
  toldPush(of: { repository: string; ref: string; commit: string }): Promise<ToldPush | undefined>;
};
