import { say } from '../../text/index.ts';
import { NUMBERS, type Journal, type JournalEntry } from '../gateway/journal.ts';
import { AdminRefusal } from './body.ts';

const FIELDS = ['method', 'app_id', 'verb', 'verdict', 'fault', 'code', 'sub_code'] as const;
const FILTERS = [...FIELDS, ...NUMBERS, 'after'];

/**
 * The requests that have every value a query names, oldest first; `after` is an entry's id.
 *
 * @throws AdminRefusal for a filter there is none of, or one that is named twice
 */
export function readJournal(journal: Journal, query: string): readonly JournalEntry[] {
  const filters = [...new URLSearchParams(query)];
  for (const [index, [name, value]] of filters.entries()) {
    const again = filters.findIndex(([other]) => other === name) !== index;
    if (again || !FILTERS.includes(name)) throw refuse(name, `one of ${FILTERS.join(', ')}, each once`);
    if (name === 'after' && !/^\d{1,15}$/.test(value)) throw refuse(name, 'the id of an entry');
  }
  return journal.list().filter((entry) => filters.every(([name, value]) => fits(entry, name, value)));
}

function fits(entry: JournalEntry, name: string, value: string): boolean {
  if (name === 'after') return entry.id > Number(value);
  const shown: Readonly<Record<string, unknown>> = { ...entry, ...entry.numbers };
  return shown[name] === value;
}

function refuse(field: string, expected: string): AdminRefusal {
  return new AdminRefusal(400, say('sandbox.admin.field', { field: field.slice(0, 64), expected }));
}
