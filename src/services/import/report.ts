import { changesAnything, type ImportPlan, type RowChange } from '../import-facilities.js';
import type { Fault } from './fault.js';

/** A plan as lines for the terminal: each row with what it changes, every fault, and the sum. */
export function reportLines(plan: ImportPlan, dryRun: boolean): readonly string[] {
  if (plan.faults.length > 0) {
    const sum = `${count(plan.faults.length, 'fault')}; nothing was written.`;
    return [...plan.faults.map(faultLine), sum];
  }
  const sums = (['new', 'changed', 'removed', 'unchanged'] as const).map(
    (what) => `${plan.rows.filter((row) => row.what === what).length} ${what}`,
  );
  const end = dryRun ? 'Dry run: nothing was written.' : changesAnything(plan) ? 'Written.' : 'Nothing to write.';
  return [...plan.rows.flatMap(rowLines), `${count(plan.rows.length, 'row')}: ${sums.join(', ')}. ${end}`];
}

function faultLine(fault: Fault): string {
  const where = `${fault.file}:${fault.line}`;
  return fault.field === null ? `${where}: ${fault.message}` : `${where}: ${fault.field}: ${fault.message}`;
}

function rowLines(row: RowChange): readonly string[] {
  const head = `${row.file}:${row.line}: ${row.what.padEnd(9)} ${row.subject}`;
  const fields = row.fields.map(({ field, from, to }) => `    ${field}: ${shown(from)} -> ${shown(to)}`);
  return [head, ...fields];
}

function shown(text: string): string {
  return text === '' ? '(empty)' : JSON.stringify(text);
}

function count(many: number, thing: string): string {
  return `${many} ${thing}${many === 1 ? '' : 's'}`;
}
