/** What permission looks at. Names and titles are not among it: anyone can change those. */
export type Asker = { kind: 'member' | 'guest' | 'stranger' | 'bot' | 'deactivated' };

export type Permission = { kind: 'allowed' } | { kind: 'denied'; reason: string };

/**
 * The one decision about who may do what. Today every full member of the workspace may do everything and nobody else
 * may do anything, also not read: what runs where is the company's own business.
 */
export function permission(asker: Asker | undefined): Permission {
  if (asker === undefined) {
    return denied('Slack does not know you in this workspace. Ask a member of the workspace to do this.');
  }
  switch (asker.kind) {
    case 'member':
      return { kind: 'allowed' };
    case 'guest':
      return denied(
        'Guests of the workspace may not use Forge. Ask a full member of the workspace to do this for you.',
      );
    case 'stranger':
      return denied(
        'You are here from another workspace, and only members of this workspace may use Forge. Ask one of them to do this for you.',
      );
    case 'bot':
      return denied('Bots may not use Forge. A person has to ask.');
    case 'deactivated':
      return denied('Your Slack account is deactivated. Ask a workspace admin to activate it again.');
  }
}

function denied(reason: string): Permission {
  return { kind: 'denied', reason };
}
