/** What an element can be given: attributes, and nothing that runs or parses as markup. */
type Attributes = Readonly<Record<string, string | undefined>>;
export type Child = Node | string | undefined;

/** Makes an element. Text goes in as text, never as markup; an attribute that is undefined is left out. */
export function el<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

/** Text in which names of hidden characters, such as ⟨U+202E⟩, stand out; in a direction of its own. */
export function visibleText(text: string): HTMLElement {
  const pieces = text.split(/(⟨U\+[0-9A-F]{4,6}⟩)/);
  return el(
    'bdi',
    {},
    ...pieces.map((piece, at) => (at % 2 === 1 ? el('mark', { class: 'hidden-character' }, piece) : piece)),
  );
}
