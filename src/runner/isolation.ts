import type { Seen } from './environment-inside.ts';
import type { Network } from './network.ts';
import type { Launch } from './run-process.ts';

/** A folder with `work`, `home` and `tmp`, which belong to whoever commands run as, for one command after the other. */
export type Box = { folder: string };

/** One command line inside an isolation. It begins in `work`. */
export type Inside = {
  argv: readonly string[];
  network: boolean;
  /** Besides what is always there. */
  env?: Readonly<Record<string, string>>;
  /** A folder with dependencies that are kept, seen as `KEPT`. */
  kept?: string;
  /** Read on standard input: a file that Forge opens. */
  input?: string;
};

/** How foreign code is kept from what is Forge's. */
export type Isolation = {
  /** Processes and threads that who commands run as may have from now on. Absent: not limited. */
  tasks?(): number;
  /** What runs is told apart from everything else by its user alone. */
  isByUser?: boolean;
  /** Folders as a command in this box sees them. */
  seen(box: Box): Seen;
  /** Where a command finds the folder of `kept`. */
  seenKept(kept: string): string;
  launch(box: Box, inside: Inside): Launch;
  /** Opens the network of a box, before what has one is launched in it. Absent: it has Forge's own, if any. */
  openNetwork?(box: Box): Promise<Network>;
  /** Gives folders, empty yet, to whoever commands run as. */
  hand(folders: readonly string[]): Promise<void>;
  /** The beginning of a command line that may remove what belongs to whoever commands run as. */
  asTheirs: readonly string[];
  /** Ends what an earlier command left, also of a Forge that was killed. */
  endLeftovers(): Promise<void>;
};
