import { randomUUID } from 'node:crypto';
import { readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

const ours = new Set<string>();

/** A name for this process under which it holds leases: the machine, its process space, its number there, and chance. */
export function ownerName(): string {
  const name = [hostname(), processSpace() ?? '', process.pid, randomUUID()].join('/');
  ours.add(name);
  return name;
}

/**
 * True when the process of this name certainly lives no more: it ran in our own process space and its number is free, or
 * is now ours. False when that cannot be told from here, on another machine or in another container: then its leases
 * have to run out.
 */
export function surelyDead(owner: string): boolean {
  const [host, space, pid] = owner.split('/');
  if (host !== hostname() || !space || space !== processSpace()) return false;
  if (Number(pid) === process.pid) return !ours.has(owner);
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

/** Linux names the space within which process numbers are unique: containers on one machine have their own. */
function processSpace(): string | null {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return null;
  }
}
