/** Listeners to one kind of event; ending a subscription twice does no harm. */
export class Listeners<Event = void> {
  readonly #listeners = new Set<(event: Event) => void>();

  readonly on = (listener: (event: Event) => void): { dispose(): void } => {
    const own = (event: Event): void => listener(event);
    this.#listeners.add(own);
    return { dispose: () => void this.#listeners.delete(own) };
  };

  fire(event: Event): void {
    for (const listener of this.#listeners) listener(event);
  }
}
