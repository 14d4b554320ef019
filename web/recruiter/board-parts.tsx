import { me } from "../lib/session";
import { Button, EmptyState, Loading, Skeleton, toast } from "../ui";

/** Nobody is on the board because of what one looks for. */
export function NoOne({ onClear }: { onClear: () => void }) {
  return (
    <EmptyState
      icon="search"
      title="Nobody matches"
      action={<Button onClick={onClear}>Show everyone</Button>}
    >
      Names, e-mail addresses and phone numbers are found by the start of any word.
    </EmptyState>
  );
}

/** Nobody has registered as an agent yet. */
export function NoAgents() {
  const address = `${location.origin}/register?org=${me.value?.organization.slug ?? ""}`;
  return (
    <EmptyState
      icon="users"
      title="Nobody is in the pool yet"
      action={
        <Button
          icon="copy"
          onClick={() => {
            void navigator.clipboard
              ?.writeText(address)
              .then(() => toast({ text: "The address is copied.", tone: "good" }));
          }}
        >
          Copy the address to register at
        </Button>
      }
    >
      People appear in Applied as soon as they register as agents. Send them this address: {address}
    </EmptyState>
  );
}

/** The board's shape while it loads. */
export function BoardSkeleton() {
  return (
    <Loading label="Loading the board">
      <div class="board" aria-hidden="true">
        {[6, 4, 5, 3, 2, 4].map((cards, at) => (
          <div key={at} class="bcol">
            <div class="bcol-head">
              <Skeleton width="50%" />
            </div>
            <div class="stack bcol-list">
              {Array.from({ length: cards }, (_, card) => (
                <Skeleton key={card} height="3.5rem" />
              ))}
            </div>
          </div>
        ))}
      </div>
    </Loading>
  );
}
