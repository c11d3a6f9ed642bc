import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../errors.js';
import { EMPTY_SNAPSHOT, type Snapshot } from '../ports/snapshot.js';
import { projectFile } from '../project-root.js';
import type { HoursCheck } from './import/cells.js';
import type { ImportKind } from './import/kinds.js';
import { type ImportFile, type ImportPlan, planImport } from './import-facilities.js';

const SEED_KINDS: readonly ImportKind[] = ['regions', 'emergency-numbers', 'areas', 'facilities', 'hours', 'holidays'];

/** The shipped data, read through the same code as any region's files. */
function readSeedFiles(folder: string = projectFile('prisma/seed')): readonly ImportFile[] {
  return SEED_KINDS.map((kind) => ({ kind, name: `${kind}.csv`, content: readFileSync(join(folder, `${kind}.csv`)) }));
}

/**
 * Plans the shipped data onto an empty store. A fault in it stops everything: throws IMPORT_FAULTY with the first lines.
 * Without a check the hours texts are taken as they are, which the seed's own test makes safe.
 */
export function planSeed(checkHours: HoursCheck = () => null, folder?: string): ImportPlan {
  const plan = planImport(readSeedFiles(folder), EMPTY_SNAPSHOT, checkHours);
  if (plan.faults.length > 0) {
    const lines = plan.faults
      .slice(0, 5)
      .map((fault) => `${fault.file}:${fault.line} ${fault.field}: ${fault.message}`);
    throw new AppError('IMPORT_FAULTY', `the shipped data is faulty: ${lines.join('; ')}`);
  }
  return plan;
}

/** The shipped data as a snapshot, without any database: for `simulate` and tests. */
export function loadSeedSnapshot(folder?: string): Snapshot {
  return planSeed(undefined, folder).after;
}
