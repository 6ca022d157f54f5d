import type { SlackChange } from '../parts.ts';

/** Tells everybody who listens what changed, so that they read it again. */
export class Changes {
  readonly #listeners = new Set<(change: SlackChange) => void>();

  subscribe(listener: (change: SlackChange) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  emit(change: SlackChange): void {
    for (const listener of this.#listeners) listener(change);
  }
}
