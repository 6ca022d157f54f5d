/** One call that reached the sandbox's Slack or AWS. `sequence` counts from 1. */
export type LoggedRequest = { sequence: number; at: string; service: string; operation: string };

const KEPT = 10_000;

/** The latest calls of Forge to the services, so that a program can count its effects. */
export class RequestLog {
  #requests: LoggedRequest[] = [];
  #sequence = 0;

  add(service: string, operation: string): void {
    this.#sequence += 1;
    this.#requests.push({ sequence: this.#sequence, at: new Date().toISOString(), service, operation });
    if (this.#requests.length > KEPT) this.#requests = this.#requests.slice(-KEPT / 2);
  }

  /** Oldest first. */
  list(filter: {
    service?: string | undefined;
    operation?: string | undefined;
    after: number;
  }): LoggedRequest[] {
    return this.#requests.filter((request) => {
      if (filter.service !== undefined && request.service !== filter.service) return false;
      if (filter.operation !== undefined && request.operation !== filter.operation) return false;
      return request.sequence > filter.after;
    });
  }
}
