import type { ApprovalPolicy } from '../domain/approval.ts';
import type { Approvals } from './approval-settings.ts';
import { ROLE_KEYS } from './people-setting.ts';

/** Approvals as the file means them; `release-managers` are asked for by the name of the role, `release-manager`. */
export function approvalsOf(written: Approvals): ApprovalPolicy {
  return {
    needs: Object.entries(written.from).map(([key, count]) => ({ from: ROLE_KEYS[key] ?? key, count })),
    within: written.within,
    emergencyAlone: written['emergency alone'],
  };
}
