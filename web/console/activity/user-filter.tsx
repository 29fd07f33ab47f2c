import { LatchkeyError } from '@latchkey/client';
import { X } from 'lucide-react';
import { useState } from 'react';
import {
  ConsoleFindUsersDocument,
  type ConsoleFindUsersQuery,
  ConsoleUserNameDocument,
} from '../../generated/documents.ts';
import { call } from '../../shared/latchkey.ts';
import { errorText, useSharedWords } from '../../shared/shared-words.ts';
import { Button } from '../../shared/ui/button.tsx';
import { TextFilter } from '../parts/text-filter.tsx';
import { useData } from '../shell/data.ts';
import { nameOf } from '../shell/viewer.ts';
import { useActivityWords } from './words.ts';
import './user-filter.css';

export interface UserFilterProps {
  readonly label: string;
  /** The chosen user. */
  readonly id: string | undefined;
  onChange(id: string | undefined): void;
}

/** Chooses a user by what administrators know of them. */
export const UserFilter = (props: UserFilterProps) =>
  props.id === undefined ? <FindUser {...props} /> : <ChosenUser {...props} id={props.id} />;

function ChosenUser({ label, id, onChange }: UserFilterProps & { readonly id: string }) {
  const words = useActivityWords();
  const { data } = useData(ConsoleUserNameDocument, { id });
  const name = data?.user ? nameOf(data.user) : id;
  return (
    <div className="field">
      <span className="label">{label}</span>
      <span className="chosen">
        <span className="chosen-name">{name}</span>
        <button
          type="button"
          className="icon-button"
          aria-label={words.removeUser.replace('{name}', () => `${label}, ${name}`)}
          onClick={() => onChange(undefined)}
        >
          <X aria-hidden size={18} />
        </button>
      </span>
    </div>
  );
}

const UUID = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i;

type Found = ConsoleFindUsersQuery['users']['nodes'];

function FindUser({ label, onChange }: UserFilterProps) {
  const words = useActivityWords();
  const shared = useSharedWords();
  const [found, setFound] = useState<Found>([]);
  /** The code of an error, or NO_USER. */
  const [problem, setProblem] = useState<string>();
  const error = problem && (problem === 'NO_USER' ? words.noSuchUser : errorText(shared, problem));

  async function find(text: string) {
    setFound([]);
    setProblem(undefined);
    if (text === '') return;
    if (UUID.test(text)) return onChange(text);
    try {
      const { nodes } = (await call(ConsoleFindUsersDocument, { search: text })).users;
      const [first, ...others] = nodes;
      if (first && others.length === 0) return onChange(first.id);
      setFound(nodes);
      if (!first) setProblem('NO_USER');
    } catch (failure) {
      setProblem(failure instanceof LatchkeyError ? failure.code : 'OTHER');
    }
  }
  return (
    <div className="find-user">
      <TextFilter
        label={label}
        value=""
        placeholder={words.userHint}
        error={error}
        onChange={(text) => void find(text)}
      />
      {found.length > 0 && (
        <div className="found">
          <p className="hint" role="status">
            {words.chooseUser}
          </p>
          {found.map((user) => (
            <Button key={user.id} look="quiet" onClick={() => onChange(user.id)}>
              {nameOf(user)} <bdi>{[user.firstName, user.lastName].filter(Boolean).join(' ')}</bdi>
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}
