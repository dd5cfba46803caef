import { isSetting, SWITCHES, type Switches, type SwitchName, type SwitchSettings } from '../switches.ts';
import type { Store } from './store.ts';

/** The switches of one sandbox. They outlive restarts with its database, and are no part of what is reset or restored. */
export class SwitchBoard implements Switches {
  readonly #store: Store;
  readonly #set = new Map<SwitchName, string>();

  constructor(store: Store) {
    this.#store = store;
    // A value an older version knew and this one does not is as good as none.
    for (const { name, value } of store.all<{ name: string; value: string }>('SELECT * FROM switches')) {
      if (isSetting(name, value)) this.#set.set(name, value);
    }
  }

  get: Switches['get'] = (name) => (this.#set.get(name) ?? SWITCHES[name].values[0]) as ReturnType<typeof this.get>;

  /** Sets some of them, all or none. */
  set(settings: SwitchSettings): void {
    const entries = Object.entries(settings) as [SwitchName, string][];
    this.#store.transaction(() => {
      for (const [name, value] of entries) {
        this.#store.run('INSERT OR REPLACE INTO switches (name, value) VALUES (?, ?)', name, value);
      }
    });
    for (const [name, value] of entries) this.#set.set(name, value);
  }
}
