import type { EmergencyKind, EmergencyLevel } from '../../../domain/emergency.js';
import type { Findings } from '../findings.js';

/** How grave the findings are for one kind of emergency; null when they do not speak of it. */
export interface Judge {
  readonly kind: EmergencyKind;
  judge(f: Findings): EmergencyLevel | null;
}
