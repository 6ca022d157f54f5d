/** A person as the workspace knows them. Display names are for reading only: they decide nothing. */
export type Person = {
  id: string;
  name: string;
  /** Single- or multi-channel guest, or somebody of another workspace in a shared channel. */
  kind: 'member' | 'guest' | 'stranger' | 'bot' | 'deactivated';
  /** IANA zone, such as `Europe/Berlin`; `UTC` where the workspace does not say. */
  timeZone: string;
};

export type People = {
  /**
   * Answers from a cache of at most five minutes; `fresh` asks again. Undefined when there is no such person.
   * Throws when the workspace does not answer: unknown is not allowed.
   */
  person(userId: string, options?: { fresh?: boolean }): Promise<Person | undefined>;
};
