import type { Hub } from '../hub.ts';
import type { Repository } from '../model.ts';

/** Where the API says that something is. */
export function apiOf(hub: Hub, repository: Repository): string {
  return `${hub.origin()}/github/repos/${repository.fullName}`;
}

/** Where people see something. */
export function webOf(hub: Hub, repository: Repository): string {
  return `${hub.origin()}/github/${repository.fullName}`;
}

/** Where git fetches from and pushes to. */
export function cloneUrl(hub: Hub, repository: Repository): string {
  return `${hub.origin()}/git/${repository.fullName}.git`;
}

/** As GitHub writes a moment: without fractions of a second. */
export function moment(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** As GitHub writes a moment that may not have come. */
export function momentOrNull(at: number | undefined): string | null {
  return at === undefined ? null : moment(at);
}
