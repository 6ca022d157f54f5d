/** How far the code host's record of a deployment is. */
export type DeploymentRecord = {
  deployment: number;
  /** Version of the last event the record shows. */
  shown: number;
  /** What the code host calls it; absent: it is not there yet, or nobody knows. */
  hostId?: number;
  /** Not before, in milliseconds since the epoch. */
  notBefore: number;
  attempts: number;
};

export type DeploymentRecords = {
  /**
   * Deployments whose record does not show their last event and may be written now, the oldest first: those under way, those
   * that ended after `endedAfter`, and those that have a record. Times in milliseconds since the epoch.
   */
  deploymentsToRecord(times: { now: number; endedAfter: number }): Promise<number[]>;
  deploymentRecord(deployment: number): Promise<DeploymentRecord | undefined>;
  /** Replaces what was kept; idempotent. */
  keepDeploymentRecord(record: DeploymentRecord): Promise<void>;
};
