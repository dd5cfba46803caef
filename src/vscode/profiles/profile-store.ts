import { randomBytes } from 'node:crypto';
import { mkdirSync, watch, type FSWatcher } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { systemClock, type Clock } from '../../alipay/clock.ts';
import { RefusedError } from '../../alipay/errors.ts';
import { accountOf } from '../../alipay/profile.ts';
import { say, type Sentence } from '../../text/index.ts';
import { readIfThere, setAside, writeWhole } from '../atomic-file.ts';
import { Listeners } from '../listeners.ts';
import type { Vault } from '../vault.ts';
import { Turns } from './turns.ts';
import { isMac, macOf, readPolicy, writePolicy, type Policy } from './policy.ts';
import { distrusted, LOCAL_SANDBOX, type StoredProfile } from './stored-profile.ts';

/** What a person has set up, as far as it can be believed. */
export interface Settings {
  /** The id of the profile in use: one of `profiles`, or the local sandbox. */
  readonly active: string;
  readonly profiles: readonly StoredProfile[];
  /** Why nothing here can be believed, so that only the local sandbox works and no money moves anywhere (G8). */
  readonly lock: Sentence | undefined;
  /** Whether somebody locked everything: then nothing is signed at all, the local sandbox included. */
  readonly isEmergency: boolean;
}

/** Whether a person keeps the profiles of locked settings, each at read-only, or wants to be rid of them. */
export type UnlockChoice = 'keep' | 'forget';

/** What the vault knows of the policy that was written last. */
interface Head {
  readonly version: number;
  readonly macKey: string;
}

interface Loaded extends Settings {
  readonly head: Head | undefined;
  readonly version: number;
  readonly emergency?: true;
}

const NOTHING: Policy = { version: 0, active: LOCAL_SANDBOX, profiles: [] };

/**
 * Profiles, levels, limits and which profile is in use: a file every window shares, with a MAC and a count whose key and
 * last value are in the vault (G8). Read again before each use and each change, since other windows write it too.
 */
export class ProfileStore {
  readonly #file: string;
  readonly #vault: Vault;
  readonly #changed = new Listeners();
  readonly onDidChange = this.#changed.on;
  /** Its being there locks everything, for whoever cannot wait for the vault. */
  readonly #marker: string;
  /** From the moment somebody locks until it is kept: nothing is waited for, the vault least of all. */
  #isLocking = false;
  /** How often somebody locked everything in this window. */
  #locks = 0;
  #watcher: FSWatcher | undefined;
  /** The newest version this window has seen: its view of the vault may be older than the file. */
  #seen = 0;
  /** Changes come one after the other, over all windows. */
  readonly #turns: Turns;

  constructor(file: string, vault: Vault, clock: Pick<Clock, 'monotonic' | 'wait'> = systemClock) {
    this.#file = file;
    this.#turns = new Turns(join(dirname(file), 'profiles-turn.sqlite'), clock);
    this.#marker = join(dirname(file), 'locked');
    this.#vault = vault;
  }

  async load(): Promise<Settings> {
    if (this.#isLocking) return { active: LOCAL_SANDBOX, profiles: [], lock: undefined, isEmergency: true };
    const { active, profiles, lock, isEmergency } = await this.#load();
    return { active, profiles, lock, isEmergency };
  }

  /** Whether everything is locked as far as can be told at once, without the vault, which may hang; `load` knows all. */
  async isLockedAtSight(): Promise<boolean> {
    return this.#isLocking || (await this.#isMarked());
  }

  /** @throws RefusedError when the same app is there already: it would be the same account a second time (G9). */
  add(profile: StoredProfile): Promise<void> {
    return this.#change((policy) => {
      const twin = policy.profiles.find((one) => accountOf(one) === accountOf(profile));
      if (twin) throw new RefusedError(say('profiles.same_account', { label: twin.label }));
      return { ...policy, profiles: [...policy.profiles, profile] };
    });
  }

  /** @throws RefusedError when the profile is not there any more. */
  update(id: string, edit: (profile: StoredProfile) => StoredProfile): Promise<void> {
    return this.#change((policy) => {
      mustHave(policy, id);
      return { ...policy, profiles: policy.profiles.map((one) => (one.id === id ? edit(one) : one)) };
    });
  }

  /** Removes a profile; where it was in use, the local sandbox is from then on. */
  remove(id: string): Promise<void> {
    return this.#change((policy) => ({
      ...policy,
      active: policy.active === id ? LOCAL_SANDBOX : policy.active,
      profiles: policy.profiles.filter((one) => one.id !== id),
    }));
  }

  /** Puts a profile in use, in every window. */
  use(id: string): Promise<void> {
    return this.#change((policy) => {
      if (id !== LOCAL_SANDBOX) mustHave(policy, id);
      return { ...policy, active: id };
    });
  }

  /** Ends a lock, as a person has just decided in VS Code's own UI. No level or limit survives it. */
  unlock(choice: UnlockChoice): Promise<void> {
    return this.#turns.take(async () => {
      const { lock, profiles, head, isEmergency } = await this.#load();
      if (!lock) return;
      if (lock.key === 'lock.unreadable') await setAside(this.#file);
      const kept = choice === 'keep' ? profiles : [];
      const version = Math.max(this.#seen, head?.version ?? 0);
      await this.#write(
        { active: LOCAL_SANDBOX, profiles: kept, version: version + 1, ...(isEmergency ? { emergency: true } : {}) },
        undefined,
      );
    });
  }

  /**
   * Locks everything, in every window: in this one before anything is read or written, and for good once marker, vault or
   * policy has it. None of them needs another: the policy cannot be changed while the settings are locked, nor a file
   * written where the folder cannot. Another window's turn is not waited for, unless the two others failed.
   *
   * @throws what kept it from all three; this window stays locked then, and the others are not.
   */
  async lockEverything(): Promise<void> {
    this.#isLocking = true;
    this.#locks += 1;
    const lock = this.#locks;
    this.#changed.fire();
    const busy = Promise.withResolvers<void>();
    const kept = [writeWhole(this.#marker, ''), this.#vault.writeOnce('emergency', 'locked')];
    const policy = this.#change((before) => ({ ...before, emergency: true }), busy.resolve);
    await Promise.allSettled([...kept, Promise.race([policy, busy.promise])]);
    await Promise.any([...kept, policy]);
    if (lock === this.#locks) this.#isLocking = false;
    this.#changed.fire();
  }

  /**
   * Ends that, as a person has just decided: in the policy, in the vault and last at the marker, so that everything stays
   * locked when it cannot be finished, and when another window locks meanwhile, whose policy comes after this one.
   *
   * @throws RefusedError while the settings are locked for another reason, or when this window was locked again meanwhile.
   */
  async unlockEverything(): Promise<void> {
    const locks = this.#locks;
    await this.#turns.take(async () => {
      const { lock, head, version, active, profiles, emergency } = await this.#load();
      if (lock) throw new RefusedError(lock, say('emergency.review_first'));
      if (emergency) await this.#write({ active, profiles, version: version + 1 }, head?.macKey);
    });
    if (locks !== this.#locks) throw new RefusedError(say('emergency.on'), say('emergency.next'));
    await this.#vault.delete('emergency');
    await rm(this.#marker, { force: true }).catch(() => setAside(this.#marker)); // a folder, say
    if (locks === this.#locks) this.#isLocking = false;
    this.#changed.fire();
  }

  /** Tells listeners of changes by other windows, until disposed; `onFault` when that cannot be. */
  watch(onFault: (fault: unknown) => void): void {
    const folder = dirname(this.#file);
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      this.#watcher = watch(folder, { persistent: false }, (_, name) => {
        if (name === null || [this.#file, this.#marker].some((file) => name === basename(file))) this.#changed.fire();
      });
      this.#watcher.on('error', () => this.#watcher?.close()); // the folder is gone: each use reads the file anyway
    } catch (fault) {
      onFault(fault); // no more watches to be had: the same holds
    }
  }

  dispose(): void {
    this.#watcher?.close();
  }

  async #load(): Promise<Loaded> {
    const [text, head, isMarked, emergency] = await Promise.all([
      readIfThere(this.#file).catch(() => ''), // what cannot be read is as good as damaged
      this.#readHead(),
      this.#isMarked(),
      this.#vault.get('emergency'),
    ]);
    const newest = Math.max(this.#seen, head?.version ?? 0);
    const signed = text === undefined ? undefined : readPolicy(text);
    const isEmergency = this.#isLocking || isMarked || emergency !== undefined || signed?.policy.emergency === true;
    const locked = (lock: Sentence, kept: readonly StoredProfile[]): Loaded => {
      const profiles = kept.map(distrusted);
      return { active: LOCAL_SANDBOX, profiles, head, version: newest, lock, isEmergency };
    };
    if (text === undefined) {
      return newest === 0 ? { ...NOTHING, lock: undefined, isEmergency, head } : locked(say('lock.missing'), []);
    }
    if (!signed) return locked(say('lock.unreadable'), []);
    const { policy, macKey, mac } = signed;
    const key = await this.#vault.get(`mac/${macKey}`);
    if (key === undefined || !head) return locked(say('lock.no_key'), policy.profiles);
    if (!isMac(policy, key, mac)) return locked(say('lock.altered'), policy.profiles);
    if (policy.version < newest) return locked(say('lock.older'), policy.profiles);
    this.#seen = policy.version;
    return { ...policy, lock: undefined, isEmergency, head: { ...head, macKey } };
  }

  /** What cannot be looked at is no reason to unlock. */
  async #isMarked(): Promise<boolean> {
    return (await readIfThere(this.#marker).catch(() => '')) !== undefined;
  }

  async #readHead(): Promise<Head | undefined> {
    const text = await this.#vault.get('policy');
    return text === undefined ? undefined : (JSON.parse(text) as Head);
  }

  #change(edit: (policy: Policy) => Policy, onWait?: () => void): Promise<void> {
    return this.#turns.take(async () => {
      const { lock, head, version, active, profiles, emergency } = await this.#load();
      if (lock) throw new RefusedError(lock, say('lock.next'));
      const edited = edit({ version, active, profiles, ...(emergency ? { emergency } : {}) });
      await this.#write({ ...edited, version: version + 1 }, head?.macKey);
    }, onWait);
  }

  /** The file before the count: a crash between the two leaves a file newer than the count, which is good as it is. */
  async #write(policy: Policy, knownKey: string | undefined): Promise<void> {
    const macKey = knownKey ?? (await this.#vault.seal('mac', randomBytes(32).toString('hex')));
    const mac = macOf(policy, await this.#vault.unseal('mac', macKey));
    await writeWhole(this.#file, writePolicy({ policy, macKey, mac }));
    this.#seen = policy.version;
    await this.#vault.replace('policy', JSON.stringify({ version: policy.version, macKey } satisfies Head));
    this.#changed.fire();
  }
}

function mustHave(policy: Policy, id: string): void {
  if (!policy.profiles.some((one) => one.id === id)) throw new RefusedError(say('profiles.gone'));
}

/** The stored profile in use; undefined: the local sandbox is. */
export function activeOf({ active, profiles }: Settings): StoredProfile | undefined {
  return profiles.find(({ id }) => id === active);
}
