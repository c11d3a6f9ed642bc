/** The p-th percentile (0–100) of the samples. */
export function percentile(samples: readonly number[], p: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((p / 100) * sorted.length))] ?? Number.NaN;
}

/** Milliseconds of each call. */
export function timed(calls: number, work: (call: number) => void): number[] {
  const samples: number[] = [];
  for (let call = 0; call < calls; call += 1) {
    const start = performance.now();
    work(call);
    samples.push(performance.now() - start);
  }
  return samples;
}

export const ms = (value: number): string => `${value < 10 ? value.toFixed(3) : value.toFixed(1)} ms`;

/** Median, 99th percentile and the worst, in words. */
export function spread(samples: readonly number[]): string {
  const of = (p: number) => ms(percentile(samples, p));
  return `p50 ${of(50)}  p99 ${of(99)}  worst ${ms(samples.reduce((most, each) => Math.max(most, each), 0))}`;
}
