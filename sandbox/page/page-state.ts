import type { FormValues } from './api.ts';
import type { Action, Suggested } from './blocks/context.ts';
import type { CallCounts } from './call-counts.ts';
import type { BehaviourChange, Weights } from './faults/behaviour-calls.ts';
import type { NewFault } from './faults/fault-calls.ts';
import type { ConnectionAction, Switch } from './faults/switches.ts';
import type { Message, View, WorkspaceState } from './model.ts';
import type { Names } from './names.ts';
import type { Place } from './place.ts';
import type { Unread } from './unread.ts';

/** Everything the panes are drawn from. */
export type PageState = {
  workspace: WorkspaceState;
  names: Names;
  /** The acting user's id. */
  as: string;
  place: Place;
  /** Per channel name, oldest first; undefined for a channel that the acting user cannot see. */
  messages: ReadonlyMap<string, Message[] | undefined>;
  unread: ReadonlyMap<string, Unread>;
  views: View[];
  home: View | undefined;
  isConnected: boolean;
  /** What Forge called so far, for the list of what a fault can strike. */
  calls: CallCounts;
};

/** What somebody clicked in: a message of a channel, or a modal or home. */
export type Surface = { kind: 'message'; channel: string; ts: string } | { kind: 'view'; id: string };

/** What the panes can ask for. Each promise resolves when the sandbox has answered. */
export type PageActions = {
  goTo(place: Place): void;
  actAs(user: string): void;
  /** Resolves to undefined, or to the reason why the command did not reach Forge. */
  run(channel: string, text: string): Promise<string | undefined>;
  click(surface: Surface, action: Action): Promise<boolean>;
  suggest(surface: Surface, query: { actionId: string; blockId: string; typed: string }): Promise<Suggested>;
  /** Uses a shortcut of the app, of a message if one is given. */
  useShortcut(callbackId: string, message?: { channel: string; ts: string }): Promise<void>;
  /** Resolves to what must be mended, by block id; empty when the submission went through. */
  submit(view: string, values: FormValues): Promise<Record<string, string>>;
  close(view: string): Promise<void>;
  setLoad(service: { name: string; environment: string }, requestsPerSecond: number): Promise<void>;
  /** Resolves to undefined, or to the reason why the fault could not be switched on. */
  addFault(fault: NewFault): Promise<string | undefined>;
  endFault(id: number): Promise<void>;
  /** Ends every fault and switches off whatever is on. */
  endAllTrouble(): Promise<void>;
  turn(aSwitch: Switch, to: 'on' | 'off'): Promise<void>;
  /** Acts on Forge's connections to Slack. */
  disturbConnections(action: ConnectionAction): Promise<void>;
  /** Changes how well the tasks of a service serve. */
  behave(change: BehaviourChange): Promise<void>;
  /** Moves the weights of a service behind Forge's back. */
  moveWeights(weights: Weights): Promise<void>;
};
