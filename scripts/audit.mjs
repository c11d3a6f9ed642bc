// Holds what the registry knows of faults in our packages against docs/audit-answers.json: each finding needs a written
// answer whose day has not passed. Exit code 0: every finding is answered (or nobody could be asked); 1: one is not; 2:
// the registry could not be asked and --require was given, as CI does.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ANSWERS = fileURLToPath(new URL('../docs/audit-answers.json', import.meta.url));

/** The findings of a report of `npm audit --json`, each once, with the package that has the fault. */
export function findingsOf(report) {
  const found = new Map();
  for (const { via = [] } of Object.values(report.vulnerabilities ?? {})) {
    for (const each of via) {
      // A text names another package of the report, whose own finding it is.
      if (typeof each === 'string') continue;
      const id = /GHSA-[0-9a-z-]+/.exec(each.url ?? '')?.[0] ?? `npm-${each.source}`;
      found.set(`${id} ${each.name}`, { id, name: each.name, severity: each.severity, title: each.title });
    }
  }
  return [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** What is wrong, a line each: findings without an answer, answers whose day has passed, answers to nothing. */
export function faultsOf(findings, answers, today) {
  const faults = [];
  for (const { id, name, severity, title } of findings) {
    const answer = answers.find((each) => each.id === id && each.package === name);
    if (!answer) faults.push(`${id} ${name} (${severity}): ${title} – no answer in docs/audit-answers.json`);
    else if (answer.until < today) faults.push(`${id} ${name}: the answer held until ${answer.until}; look again`);
  }
  for (const { id, package: name } of answers) {
    const isFound = findings.some((finding) => finding.id === id && finding.name === name);
    if (!isFound) faults.push(`${id} ${name}: answered, but no longer found; take the answer out`);
  }
  return faults;
}

/** The registry's report; null when it has no such service or cannot be reached. */
function ask() {
  return new Promise((resolve) => {
    execFile('npm', ['audit', '--json'], { maxBuffer: 64_000_000, timeout: 120_000 }, (_failed, output) => {
      try {
        const report = JSON.parse(output);
        resolve(report.auditReportVersion === undefined ? null : report);
      } catch {
        resolve(null);
      }
    });
  });
}

async function main() {
  const report = await ask();
  if (report === null) {
    console.error('AUDIT NOT DONE: this registry does not answer npm audit. Nobody has looked for known faults today.');
    return process.argv.includes('--require') ? 2 : 0;
  }
  const answers = JSON.parse(readFileSync(ANSWERS, 'utf8'));
  const findings = findingsOf(report);
  const faults = faultsOf(findings, answers, new Date().toISOString().slice(0, 10));
  for (const fault of faults) console.error(fault);
  console.log(`${findings.length} findings, ${faults.length} of them open`);
  return faults.length > 0 ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await main();
