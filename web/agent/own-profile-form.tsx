import { useEffect, useState } from "preact/hooks";
import type { LiveEvent } from "../../worker/features/pipelines/schema";
import { get, ProblemError } from "../lib/client";
import { type Form, useForm } from "../lib/form";
import { loadMe } from "../lib/session";
import { onOwnEvents } from "../shell/own-channel";
import { Button, toast } from "../ui";
import { mergeChanges } from "./merge";

/** A profile as its form holds it: text only. */
export type Fields = Record<string, string>;

export interface Clash<F extends Fields> {
  theirs: F;
  /** Fields that both sides changed, each to something else. */
  names: string[];
}

export interface OwnProfileOptions<R extends { version: number }, F extends Fields> {
  profile: R;
  path: string;
  fieldsOf: (profile: R) => F;
  validate: (values: F) => Partial<Record<keyof F, string>>;
  /** Sends what differs between what was loaded and what stands in the form. */
  save: (base: F, mine: F, version: number) => Promise<R>;
  /** News of the profile, of which a form that nobody edits takes over what is new. */
  isNews: (event: LiveEvent) => boolean;
}

export interface OwnProfileForm<R, F extends Fields> {
  form: Form<F>;
  /** The profile that the form goes out from. */
  base: R;
  clash: Clash<F> | null;
  /** Takes a profile as it was saved. */
  settle: (saved: R) => void;
}

/** The form of one's own profile, which others may change at the same moment: nobody's words are lost. */
export function useOwnProfileForm<R extends { version: number }, F extends Fields>(
  options: OwnProfileOptions<R, F>,
): OwnProfileForm<R, F> {
  const { path, fieldsOf, isNews } = options;
  const [base, setBase] = useState(options.profile);
  const [clash, setClash] = useState<Clash<F> | null>(null);
  const form = useForm<F>({
    initial: fieldsOf(options.profile),
    validate: options.validate,
    submit: async (values) => {
      try {
        settle(await options.save(fieldsOf(base), values, base.version));
        void loadMe();
        toast({ text: "Your profile is saved.", tone: "good" });
      } catch (error) {
        if (!(error instanceof ProblemError && error.status === 412)) throw error;
        await takeNewest(values);
      }
    },
  });

  const settle = (saved: R) => {
    setBase(saved);
    setClash(null);
    form.reset(fieldsOf(saved));
  };

  /** Somebody else saved meanwhile: their changes come in, mine stay, and clashes are shown. */
  const takeNewest = async (mine: F) => {
    const newest = await get<R>(path);
    const theirs = fieldsOf(newest);
    const merged = mergeChanges(fieldsOf(base), mine, theirs);
    setBase(newest);
    form.reset(theirs);
    for (const [name, value] of Object.entries(merged.values)) form.set(name, value as F[string]);
    setClash({ theirs, names: merged.clashes });
  };

  useEffect(
    () =>
      onOwnEvents((events) => {
        if (form.changed || !events.some(isNews)) return;
        get<R>(path).then(settle, () => {});
      }),
    [form.changed, path],
  );
  return { form, base, clash, settle };
}

export interface SaveBarProps<R, F extends Fields> {
  own: OwnProfileForm<R, F>;
  organization: string;
  /** What a field is called. */
  labelOf: (name: string) => string;
  /** What somebody else wrote there, in words. */
  said: (name: string, value: string) => string;
}

/** Says what is not saved yet, and what somebody else changed meanwhile. */
export function SaveBar<R, F extends Fields>({ own, organization, labelOf, said }: SaveBarProps<R, F>) {
  const { form, clash, base, settle } = own;
  if (!form.changed && !form.pending) return null;
  return (
    <div class="save-bar">
      {!clash ? (
        <span>There are changes that aren’t saved yet.</span>
      ) : clash.names.length === 0 ? (
        <p role="alert">
          {organization} changed other parts of your profile a moment ago. They are in; save again to add
          yours.
        </p>
      ) : (
        <div role="alert">
          <p>
            {organization} changed the same as you a moment ago. Your words are kept; save again to use them.
          </p>
          <ul class="quiet">
            {clash.names.map((name) => (
              <li key={name}>
                {labelOf(name)}: theirs is “{said(name, clash.theirs[name] ?? "") || "empty"}”.
              </li>
            ))}
          </ul>
        </div>
      )}
      <div class="row">
        <Button onClick={() => settle(base)}>{clash?.names.length ? "Use theirs" : "Discard them"}</Button>
        <Button type="submit" variant="primary" busy={form.pending}>
          Save
        </Button>
      </div>
    </div>
  );
}
