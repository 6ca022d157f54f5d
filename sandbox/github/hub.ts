import type { Repository } from './model.ts';
import type { WorkflowRunner } from './parts.ts';
import type { Settings } from './settings.ts';

/** What happened, as webhooks name it. `installation` and `sender` are added when it is delivered. */
export type Happening = {
  event: string;
  repository: Repository;
  /** A login. */
  sender: string;
  payload: Record<string, unknown>;
};

/** What every part of this GitHub shares. */
export type Hub = {
  /** By full name, in small letters. */
  readonly repositories: ReadonlyMap<string, Repository>;
  readonly runner: WorkflowRunner;
  settings(): Settings;
  /** Where clients reach the sandbox. */
  origin(): string;
  /** Unique and rising. */
  newId(): number;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Tells everybody who follows: webhooks. */
  tell(happening: Happening): void;
};

export function repositoryNamed(hub: Hub, fullName: string): Repository | undefined {
  return hub.repositories.get(fullName.toLowerCase());
}
