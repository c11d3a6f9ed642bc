type Bench = (print: (line: string) => void) => void | Promise<void>;

/** `npm run bench [NAME…]`: every benchmark, or those named; each prints its comparison from the same run. Only what is measured is loaded. */
const BENCHES: Readonly<Record<string, () => Promise<Bench>>> = {
  nearest: async () => (await import('./nearest.js')).benchNearest,
  simulate: async () => (await import('./simulate.js')).benchSimulate,
  emergency: async () => (await import('./emergency.js')).benchEmergency,
  judged: async () => (await import('./judged.js')).benchJudged,
  intents: async () => (await import('./intents.js')).benchIntents,
  eligibility: async () => (await import('./eligibility.js')).benchEligibility,
  learned: async () => (await import('./learned.js')).benchLearned,
  telegram: async () => (await import('./telegram.js')).benchTelegram,
  people: async () => (await import('./people.js')).benchPeople,
  broadcast: async () => (await import('./broadcast.js')).benchBroadcast,
  console: async () => (await import('./console.js')).benchConsole,
};
/** They take many minutes, so they run only when named. */
const LONG: typeof BENCHES = {
  soak: async () => (await import('./soak.js')).benchSoak,
  scale: async () => (await import('./scale.js')).benchScale,
};

const wanted = process.argv.slice(2);
const chosen = wanted.length === 0 ? BENCHES : { ...BENCHES, ...LONG };
for (const [name, load] of Object.entries(chosen)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const bench = await load();
  process.stdout.write(`\n== ${name}\n`);
  await bench((line) => process.stdout.write(`${line}\n`));
}
