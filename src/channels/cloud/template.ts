/** An approved template, the only thing that may be sent when a person has not written for 24 hours. */
export interface Template {
  readonly name: string;
  /** As approved: "id", "en". Each language is approved by itself. */
  readonly language: string;
  /** The values of {{1}}, {{2}}, … of its body. */
  readonly body: readonly string[];
  /** What its quick-reply buttons send back, in order. */
  readonly buttons: readonly string[];
}

export interface TemplateContent {
  readonly type: 'template';
  readonly template: { name: string; language: { code: string }; components?: readonly Component[] };
}

type Component =
  | { type: 'body'; parameters: { type: 'text'; text: string }[] }
  | { type: 'button'; sub_type: 'quick_reply'; index: string; parameters: { type: 'payload'; payload: string }[] };

/** The payload of a template. Meta refuses line breaks, tabs and runs of spaces in a value: they become one space. */
export function renderTemplate({ name, language, body, buttons }: Template): TemplateContent {
  const components: Component[] = buttons.map((payload, index) => ({
    type: 'button',
    sub_type: 'quick_reply',
    index: String(index),
    parameters: [{ type: 'payload', payload }],
  }));
  if (body.length > 0) {
    const parameters = body.map((value) => ({ type: 'text' as const, text: value.replace(/\s+/g, ' ').trim() }));
    components.unshift({ type: 'body', parameters });
  }
  return {
    type: 'template',
    template: { name, language: { code: language }, ...(components.length > 0 ? { components } : {}) },
  };
}
