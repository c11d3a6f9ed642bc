/** By the contract: what can be said about whether care is free. */
export type Outcome = 'covered' | 'likely' | 'needs_step' | 'not_covered' | 'ask';
export type ProgrammeId = 'kukar' | 'bontang' | 'balikpapan' | 'pasuruan' | 'gratispol' | 'jkn';
export type AskedFact = 'ktp' | 'bpjs' | 'payer' | 'where';
