/** A person as the workspace knows them. Display names are for reading only: they decide nothing. */
export type Person = {
  id: string;
  name: string;
  /** Single- or multi-channel guest, or somebody of another workspace in a shared channel. */
  kind: 'member' | 'guest' | 'stranger' | 'bot' | 'deactivated';
  /** Where the workspace says it. Only an address Slack has confirmed decides anything. */
  email?: string;
  /** IANA zone, such as `Europe/Berlin`; `UTC` where the workspace does not say. */
  timeZone: string;
};

export type People = {
  /**
   * Answers from a cache of at most five minutes; `fresh` asks again. Undefined when there is no such person.
   * Throws when the workspace does not answer: unknown is not allowed.
   */
  person(userId: string, options?: { fresh?: boolean }): Promise<Person | undefined>;
  /**
   * The ids of the user groups a person is in. Cached and `fresh` as above, but not asked again within seconds. Throws when the
   * workspace does not answer.
   */
  groupsOf(userId: string, options?: { fresh?: boolean }): Promise<string[]>;
  /**
   * The ids of the people whom a subject of the policy names: those in a user group, whoever has an address, or the person
   * itself; nobody where the workspace knows no such group or address. Cached as above. Throws when the workspace does not answer.
   */
  membersOf(subject: string): Promise<string[]>;
  /** The ids of the people in a channel. Cached as above. Throws when the workspace does not answer, or not in full. */
  inChannel(channel: string): Promise<ReadonlySet<string>>;
};
