import type { ComponentChildren } from "preact";
import { Button } from "./Button";
import { Icon } from "./Icon";
import type { IconName } from "./icon-names";

export interface EmptyStateProps {
  icon?: IconName;
  title: string;
  /** How it fills. */
  children?: ComponentChildren;
  action?: ComponentChildren;
}

/** Nothing is here yet: says so, and how that changes. */
export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div class="empty">
      {icon && <Icon name={icon} size={24} />}
      <p class="empty-title">{title}</p>
      {children && <div class="empty-words">{children}</div>}
      {action && <div class="empty-action">{action}</div>}
    </div>
  );
}

export interface TroubleProps {
  /** What could not be shown. */
  title: string;
  /** Why, and what to do. */
  children: ComponentChildren;
  onRetry?: () => void;
}

/** A screen or a part of it that could not be loaded, with the way to try again. */
export function Trouble({ title, children, onRetry }: TroubleProps) {
  return (
    <div class="empty" role="alert">
      <Icon name="triangle-alert" size={24} />
      <p class="empty-title">{title}</p>
      <div class="empty-words">{children}</div>
      {onRetry && (
        <div class="empty-action">
          <Button icon="refresh-cw" onClick={onRetry}>
            Try again
          </Button>
        </div>
      )}
    </div>
  );
}
