import { endChild, hasEnded, startChild } from '../child.ts';
import { LoadBalancers } from './load-balancers.ts';
import { FromDataPlane, type ToDataPlane } from './messages.ts';

/** Where the load balancers run. */
export type Host = {
  /** Undefined once it has ended, and in the sandbox's own process. */
  readonly pid: number | undefined;
  tell(message: ToDataPlane): void;
  /** Resolves when every connection is closed. Idempotent. */
  stop(): Promise<void>;
};

/** `heard` gets what the load balancers tell; `ended` is called when they are gone, for whatever reason. */
export type StartHost = (tidings: { heard(message: FromDataPlane): void; ended(): void }) => Host;

/** A process of its own, which can be killed like one. */
export const startHostProcess: StartHost = ({ heard, ended }) => {
  const child = startChild(new URL('./process.ts', import.meta.url));
  child.on('message', (raw) => heard(FromDataPlane.parse(raw)));
  child.on('exit', ended);
  return {
    get pid() {
      return hasEnded(child) ? undefined : child.pid;
    },
    tell(message) {
      if (child.connected) child.send(message);
    },
    stop: () => endChild(child, 1_000),
  };
};

/** The same on real ports in the sandbox's own process; for programs that need many worlds. */
export const startHostInProcess: StartHost = ({ heard, ended }) => {
  const loadBalancers = new LoadBalancers(heard);
  return {
    pid: undefined,
    tell: (message) => void loadBalancers.hear(message),
    async stop() {
      loadBalancers.close();
      ended();
    },
  };
};
