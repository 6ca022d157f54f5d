import { ControlError, type Delivery } from '../parts.ts';
import { deliveryOf } from './deliveries.ts';
import { escapedCommandText } from './parsed-text.ts';
import { channelReference } from './payloads.ts';
import { actingUser, joinedChannel } from './people.ts';
import type { ResponseTarget } from './response-urls.ts';
import { applyResponse } from './responses.ts';
import { APP_ID, BOT_USER_ID, COMMAND, TEAM, VERIFICATION_TOKEN } from './seed.ts';
import { SlackError } from './slack-error.ts';
import type { Workspace } from './workspace.ts';

export type CommandRequest = { readonly as: string; readonly channel: string; readonly text: string };

/** Types a slash command. What the app doesn't acknowledge in time, Slack tells the person privately. */
export async function typeCommand(request: CommandRequest, workspace: Workspace): Promise<Delivery> {
  const user = actingUser(request.as, workspace.conversations);
  const channel = joinedChannel(request.channel, user, workspace.conversations);
  const target: ResponseTarget = { kind: 'commands', user: user.id, channel: channel.id };
  const reference = channelReference(channel);
  const answer = await workspace.deliveries.deliver('slash_commands', {
    token: VERIFICATION_TOKEN,
    team_id: TEAM.id,
    team_domain: TEAM.domain,
    channel_id: reference.id,
    channel_name: reference.name,
    user_id: user.id,
    user_name: user.name,
    command: COMMAND,
    text: escapedCommandText(wordsOf(request.text), workspace.conversations),
    api_app_id: APP_ID,
    // Slack sends this one as a string.
    is_enterprise_install: 'false',
    response_url: workspace.responseUrls.issue(target),
    trigger_id: workspace.triggers.issue(user.id),
  });
  if (answer.kind === 'acked') return answeredCommand(answer, target, workspace);
  const delivery = deliveryOf(answer);
  if (!delivery.acked) tellFailure(delivery.error, target, workspace);
  return delivery;
}

/** An acknowledgement may carry the reply itself. */
function answeredCommand(
  answer: { payload: Record<string, unknown>; ms: number },
  target: ResponseTarget,
  workspace: Workspace,
): Delivery {
  if (Object.keys(answer.payload).length === 0) return { acked: true, ms: answer.ms };
  try {
    applyResponse(answer.payload, target, workspace);
    return { acked: true, ms: answer.ms };
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    tellFailure('invalid_command_response', target, workspace);
    return { acked: false, error: error.code };
  }
}

function tellFailure(error: string, target: ResponseTarget, workspace: Workspace): void {
  workspace.messages.post(target.channel, {
    user: BOT_USER_ID,
    text: `${COMMAND} failed with the error "${error}"`,
    blocks: [],
    attachments: [],
    shownTo: target.user,
  });
}

function wordsOf(text: string): string {
  const [command = '', ...words] = text.trim().split(' ');
  if (command === COMMAND) return words.join(' ').trim();
  throw new ControlError(
    400,
    `${command || 'Nothing'} is not a command here. Type ${COMMAND} and what it should do.`,
  );
}
