export { Avatar, type AvatarProps, initials } from "./Avatar";
export { Banner, type BannerProps } from "./Banner";
export { Button, type ButtonProps, IconButton, type IconButtonProps } from "./Button";
export { Card, type CardProps } from "./Card";
export { Dialog, type DialogProps, SidePanel, type SidePanelProps } from "./Dialog";
export { EmptyState, type EmptyStateProps, Trouble, type TroubleProps } from "./EmptyState";
export { type Fact, FactList, type FactListProps } from "./FactList";
export {
  Checkbox,
  type CheckboxProps,
  type ControlProps,
  Field,
  type FieldProps,
  PasswordField,
  TextArea,
  type TextAreaProps,
  TextField,
  type TextFieldProps,
} from "./Field";
export { FileDrop, type FileDropProps } from "./FileDrop";
export { Icon, type IconProps } from "./Icon";
export type { IconName } from "./icon-names";
export { Kbd } from "./Kbd";
export { Mark, type MarkProps } from "./Mark";
export { Menu, type MenuEntry, type MenuItem, type MenuProps } from "./Menu";
export { Page, type PageProps } from "./Page";
export { Popover, type PopoverProps, place } from "./Popover";
export { Loading, Progress, type ProgressProps, Skeleton, type SkeletonProps } from "./Progress";
export { type Option, Select, type SelectProps } from "./Select";
export { type PathStage, StagePath, type StagePathProps } from "./StagePath";
export { type Column, type Sort, Table, type TableProps } from "./Table";
export { type Tab, Tabs, type TabsProps } from "./Tabs";
export { StatusPill, type StatusPillProps, Tag, type TagProps, type Tone } from "./Tag";
export { TagField, type TagFieldProps } from "./TagField";
export { Timeline, type TimelineItem, type TimelineProps } from "./Timeline";
export { showToasts, type ToastInput, toast } from "./Toasts";
