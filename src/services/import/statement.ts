import type { Cluster, Grade, ServiceHours, ServiceKind } from '../../domain/facility.js';
import { SERVICE_KINDS } from '../../domain/facility.js';
import { statementKey } from '../../ports/snapshot.js';

/** Words of the CSV files for what the domain calls the same; Indonesian where staff would write it. */
export const GRADES: Readonly<Record<string, Grade>> = {
  verified: 'verified',
  published: 'published',
  assumed: 'assumed',
};

export const STANDINGS: Readonly<Record<string, ServiceHours['standing']>> = {
  active: 'active',
  planned: 'planned',
  contested: 'contested',
};

export const SERVICES: Readonly<Record<string, ServiceKind>> = Object.fromEntries(
  SERVICE_KINDS.map((kind) => [kind, kind]),
);

export const CLUSTERS: Readonly<Record<string, Cluster>> = {
  management: 'management',
  mother_child: 'mother_child',
  adult_elderly: 'adult_elderly',
  communicable: 'communicable',
  cross_cluster: 'cross_cluster',
};

/** The statements with one put in the place of its like, in a stable order; `remove` takes it out instead. */
export function withStatement(
  statements: readonly ServiceHours[],
  statement: ServiceHours,
  remove = false,
): readonly ServiceHours[] {
  const key = statementKey(statement);
  const others = statements.filter((other) => statementKey(other) !== key);
  const all = remove ? others : [...others, statement];
  return all.sort((a, b) => (statementKey(a) < statementKey(b) ? -1 : 1));
}
