/** The two languages every sentence of the product exists in. */
export type Locale = 'en' | 'zh';

/** One sentence in both languages; `{name}` marks a value put in when it is said. */
export interface Bilingual {
  readonly en: string;
  readonly zh: string;
}

type PlaceholderOf<Template extends string> = Template extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PlaceholderOf<Rest>
  : never;

/** The values a sentence needs: exactly the `{names}` of its English form. */
export type ArgsOf<Entry extends Bilingual> = Readonly<Record<PlaceholderOf<Entry['en']>, string | number>>;

/** Puts the values in; a value the sentence needs and did not get is a bug and throws. */
export function fill(template: string, args: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = args[name];
    if (value === undefined) throw new Error(`The sentence “${template}” needs a value for {${name}}.`);
    return String(value);
  });
}
