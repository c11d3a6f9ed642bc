/** What a message wants, in order of urgency: the first that was found is `trace.intent`. */
export const INTENTS = [
  'emergency',
  'open_now',
  'facility_info',
  'eligibility',
  'opt_in',
  'opt_out',
  'human',
  'feedback',
  'privacy',
  'menu',
  'greeting',
  'thanks',
  'choice',
  'location',
  'out_of_scope',
] as const;
export type Intent = (typeof INTENTS)[number];
