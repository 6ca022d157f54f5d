import { LoadBalancers } from './load-balancers.ts';
import { ToDataPlane } from './messages.ts';

/** The load balancers' process, so that nothing the sandbox or Forge does can slow down a customer's request. */
const loadBalancers = new LoadBalancers((message) => process.send?.(message));

process.on('disconnect', () => process.exit(0));
process.on('message', (raw) => void loadBalancers.hear(ToDataPlane.parse(raw)));
