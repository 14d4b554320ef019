import "./agent.css";
import { useState } from "preact/hooks";
import { Button, Icon, Tag } from "../ui";

export interface RatingProps {
  value: number | null;
  /** Without it the stars only show. */
  onRate?: (rating: number | null) => void;
}

/** One to five stars; choosing the same one again takes the rating off. */
export function Rating({ value, onRate }: RatingProps) {
  const words = value ? `Rated ${value} of 5` : "Not rated";
  const name = (stars: number) => (value !== null && stars <= value ? "star star-on" : "star");
  if (!onRate) {
    return (
      <div class="rating" role="img" aria-label={words}>
        {[1, 2, 3, 4, 5].map((stars) => (
          <span key={stars} class={name(stars)}>
            <Icon name="star" size={16} />
          </span>
        ))}
      </div>
    );
  }
  return (
    <div class="rating" role="group" aria-label={words}>
      {[1, 2, 3, 4, 5].map((stars) => (
        <button
          key={stars}
          type="button"
          class={name(stars)}
          aria-label={`${stars} of 5`}
          aria-pressed={value === stars}
          onClick={() => onRate(value === stars ? null : stars)}
        >
          <Icon name="star" size={16} />
        </button>
      ))}
    </div>
  );
}

export interface TagsProps {
  values: readonly string[];
  /** Told what to make of the tags, so that it can be done again on newer ones. */
  onChange: (change: (tags: string[]) => string[]) => Promise<void>;
}

/** The tags of somebody, with a field that adds one. */
export function Tags({ values, onChange }: TagsProps) {
  const [typed, setTyped] = useState("");
  const add = async () => {
    const tag = typed.trim();
    if (!tag) return;
    setTyped("");
    await onChange((tags) => (tags.includes(tag) ? tags : [...tags, tag]));
  };
  return (
    <div class="who-part">
      <h3>Tags</h3>
      <div class="row who-tags">
        {values.map((tag) => (
          <Tag key={tag} onRemove={() => void onChange((tags) => tags.filter((other) => other !== tag))}>
            {tag}
          </Tag>
        ))}
        <form
          class="tag-add"
          onSubmit={(event) => {
            event.preventDefault();
            void add();
          }}
        >
          <input
            aria-label="Add a tag"
            placeholder="Add a tag"
            maxLength={60}
            value={typed}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
          {typed.trim() && (
            <Button size="s" type="submit">
              Add
            </Button>
          )}
        </form>
      </div>
    </div>
  );
}
