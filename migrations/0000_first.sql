CREATE TABLE `audit_entries` (
	`seq` integer PRIMARY KEY NOT NULL,
	`org_id` text NOT NULL,
	`at` integer NOT NULL,
	`actor_kind` text NOT NULL,
	`actor_id` text,
	`actor_role` text,
	`action_type` text NOT NULL,
	`entity_type` text NOT NULL,
	`entity_id` text NOT NULL,
	`old_value` text,
	`new_value` text,
	`metadata` text,
	`request_id` text,
	`change_id` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `audit_org` ON `audit_entries` (`org_id`,`seq`);--> statement-breakpoint
CREATE TABLE `events` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`org_id` text NOT NULL,
	`type` text NOT NULL,
	`at` integer NOT NULL,
	`actor_kind` text NOT NULL,
	`actor_id` text,
	`entity_type` text NOT NULL,
	`entity_id` text NOT NULL,
	`entity_seq` integer NOT NULL,
	`pipeline_id` text,
	`user_id` text,
	`data` text NOT NULL,
	`detail` text NOT NULL,
	`change_id` text NOT NULL,
	`dispatch` text DEFAULT 'pending' NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`next_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `events_entity` ON `events` (`org_id`,`entity_id`,`entity_seq`);--> statement-breakpoint
CREATE INDEX `events_pipeline` ON `events` (`pipeline_id`,`seq`) WHERE pipeline_id is not null;--> statement-breakpoint
CREATE INDEX `events_user` ON `events` (`user_id`,`seq`) WHERE user_id is not null;--> statement-breakpoint
CREATE INDEX `events_move` ON `events` (`org_id`,`change_id`) WHERE type in ('agent.status_changed', 'application.status_changed');--> statement-breakpoint
CREATE INDEX `events_pending` ON `events` (`next_at`) WHERE dispatch = 'pending';--> statement-breakpoint
CREATE TABLE `handled` (
	`seq` integer NOT NULL,
	`subscriber` text NOT NULL,
	`org_id` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`seq`, `subscriber`)
);
--> statement-breakpoint
CREATE TABLE `leases` (
	`name` text PRIMARY KEY NOT NULL,
	`until` integer NOT NULL,
	`holder` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `agents` (
	`id` text PRIMARY KEY NOT NULL,
	`org_id` text NOT NULL,
	`user_id` text,
	`search_key` integer NOT NULL,
	`email` text NOT NULL,
	`first_name` text NOT NULL,
	`last_name` text NOT NULL,
	`phone` text,
	`headline` text,
	`city` text,
	`country` text,
	`time_zone` text,
	`skills` text NOT NULL,
	`languages` text NOT NULL,
	`pipeline_id` text NOT NULL,
	`application_id` text NOT NULL,
	`status` text NOT NULL,
	`status_since` integer NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`change_id` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `agents_search` ON `agents` (`search_key`);--> statement-breakpoint
CREATE UNIQUE INDEX `agents_org_email` ON `agents` (`org_id`,`email`);--> statement-breakpoint
CREATE INDEX `agents_org_status` ON `agents` (`org_id`,`status`,`id`);--> statement-breakpoint
CREATE INDEX `agents_org` ON `agents` (`org_id`,`id`);--> statement-breakpoint
CREATE TABLE `candidates` (
	`id` text PRIMARY KEY NOT NULL,
	`org_id` text NOT NULL,
	`user_id` text,
	`email` text NOT NULL,
	`first_name` text NOT NULL,
	`last_name` text NOT NULL,
	`phone` text,
	`version` integer DEFAULT 1 NOT NULL,
	`change_id` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `candidates_org_email` ON `candidates` (`org_id`,`email`);--> statement-breakpoint
CREATE TABLE `document_requests` (
	`id` text PRIMARY KEY NOT NULL,
	`org_id` text NOT NULL,
	`agent_id` text,
	`candidate_id` text,
	`owner_id` text NOT NULL,
	`type` text NOT NULL,
	`message` text,
	`due_date` text,
	`status` text NOT NULL,
	`document_id` text,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `document_requests_owner` ON `document_requests` (`org_id`,`owner_id`,`id`);--> statement-breakpoint
CREATE INDEX `document_requests_org` ON `document_requests` (`org_id`,`id`);--> statement-breakpoint
CREATE TABLE `document_types` (
	`org_id` text NOT NULL,
	`key` text NOT NULL,
	`name` text NOT NULL,
	`required` integer DEFAULT false NOT NULL,
	`position` integer NOT NULL,
	PRIMARY KEY(`org_id`, `key`)
);
--> statement-breakpoint
CREATE TABLE `documents` (
	`id` text PRIMARY KEY NOT NULL,
	`org_id` text NOT NULL,
	`agent_id` text,
	`candidate_id` text,
	`owner_id` text NOT NULL,
	`type` text NOT NULL,
	`status` text NOT NULL,
	`file_name` text NOT NULL,
	`content_type` text NOT NULL,
	`size` integer NOT NULL,
	`sha256` text NOT NULL,
	`r2_key` text NOT NULL,
	`reason` text,
	`reviewed_by` text,
	`reviewed_at` integer,
	`uploaded_by` text NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`change_id` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `documents_owner` ON `documents` (`org_id`,`owner_id`,`id`);--> statement-breakpoint
CREATE INDEX `documents_status` ON `documents` (`org_id`,`status`,`id`);--> statement-breakpoint
CREATE INDEX `documents_org` ON `documents` (`org_id`,`id`);--> statement-breakpoint
CREATE TABLE `file_intents` (
	`r2_key` text PRIMARY KEY NOT NULL,
	`org_id` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `file_intents_age` ON `file_intents` (`created_at`);--> statement-breakpoint
CREATE TABLE `emails` (
	`id` text PRIMARY KEY NOT NULL,
	`org_id` text NOT NULL,
	`dedupe_key` text NOT NULL,
	`to_address` text NOT NULL,
	`user_id` text,
	`template` text NOT NULL,
	`subject` text NOT NULL,
	`body_text` text NOT NULL,
	`body_html` text NOT NULL,
	`status` text NOT NULL,
	`send_at` integer NOT NULL,
	`lease_until` integer,
	`attempts` integer DEFAULT 0 NOT NULL,
	`batch_id` text,
	`failure` text,
	`created_at` integer NOT NULL,
	`sent_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `emails_dedupe` ON `emails` (`org_id`,`dedupe_key`);--> statement-breakpoint
CREATE INDEX `emails_due` ON `emails` (`send_at`) WHERE status in ('queued','sending');--> statement-breakpoint
CREATE INDEX `emails_batch` ON `emails` (`org_id`,`batch_id`) WHERE batch_id is not null;--> statement-breakpoint
CREATE INDEX `emails_org` ON `emails` (`org_id`,`id`);--> statement-breakpoint
CREATE TABLE `outbox` (
	`email_id` text PRIMARY KEY NOT NULL,
	`org_id` text NOT NULL,
	`to_address` text NOT NULL,
	`subject` text NOT NULL,
	`body_text` text NOT NULL,
	`body_html` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `outbox_to` ON `outbox` (`to_address`,`at`);--> statement-breakpoint
CREATE INDEX `outbox_at` ON `outbox` (`at`);--> statement-breakpoint
CREATE TABLE `notifications` (
	`id` text PRIMARY KEY NOT NULL,
	`org_id` text NOT NULL,
	`user_id` text NOT NULL,
	`type` text NOT NULL,
	`title` text NOT NULL,
	`message` text NOT NULL,
	`entity_type` text,
	`entity_id` text,
	`event_seq` integer,
	`read_at` integer,
	`change_id` text,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `notifications_user` ON `notifications` (`org_id`,`user_id`,`id`);--> statement-breakpoint
CREATE INDEX `notifications_unread` ON `notifications` (`org_id`,`user_id`,`id`) WHERE read_at is null;--> statement-breakpoint
CREATE INDEX `notifications_event` ON `notifications` (`event_seq`) WHERE event_seq is not null;--> statement-breakpoint
CREATE TABLE `organizations` (
	`id` text PRIMARY KEY NOT NULL,
	`org_id` text NOT NULL,
	`slug` text NOT NULL,
	`name` text NOT NULL,
	`domain` text,
	`brand` text NOT NULL,
	`languages` text NOT NULL,
	`reply_by_days` integer,
	`privacy` text NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`change_id` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `organizations_slug` ON `organizations` (`slug`);--> statement-breakpoint
CREATE UNIQUE INDEX `organizations_domain` ON `organizations` (`domain`);--> statement-breakpoint
CREATE TABLE `applications` (
	`id` text PRIMARY KEY NOT NULL,
	`org_id` text NOT NULL,
	`pipeline_id` text NOT NULL,
	`stage_id` text NOT NULL,
	`agent_id` text,
	`candidate_id` text,
	`name` text NOT NULL,
	`entered_at` integer NOT NULL,
	`rating` integer,
	`tags` text NOT NULL,
	`waiting_for` text,
	`waiting_since` integer,
	`source` text,
	`version` integer DEFAULT 1 NOT NULL,
	`change_id` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `applications_board` ON `applications` (`org_id`,`pipeline_id`,`stage_id`,`entered_at`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `applications_agent` ON `applications` (`org_id`,`agent_id`,`pipeline_id`) WHERE agent_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX `applications_candidate` ON `applications` (`org_id`,`candidate_id`,`pipeline_id`) WHERE candidate_id is not null;--> statement-breakpoint
CREATE TABLE `pipelines` (
	`id` text PRIMARY KEY NOT NULL,
	`org_id` text NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `pipelines_org` ON `pipelines` (`org_id`,`kind`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `pipelines_one_pool` ON `pipelines` (`org_id`) WHERE kind = 'agent_pool';--> statement-breakpoint
CREATE TABLE `stage_actions` (
	`id` text PRIMARY KEY NOT NULL,
	`org_id` text NOT NULL,
	`stage_id` text NOT NULL,
	`type` text NOT NULL,
	`position` integer NOT NULL,
	`config` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `stage_actions_stage` ON `stage_actions` (`org_id`,`stage_id`,`position`);--> statement-breakpoint
CREATE TABLE `stages` (
	`id` text PRIMARY KEY NOT NULL,
	`org_id` text NOT NULL,
	`pipeline_id` text NOT NULL,
	`key` text NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`status` text NOT NULL,
	`position` integer NOT NULL,
	`count` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `stages_pipeline_key` ON `stages` (`org_id`,`pipeline_id`,`key`);--> statement-breakpoint
CREATE INDEX `stages_pipeline_order` ON `stages` (`org_id`,`pipeline_id`,`position`);--> statement-breakpoint
CREATE TABLE `undone_batches` (
	`batch_id` text PRIMARY KEY NOT NULL,
	`org_id` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `one_time_tokens` (
	`hash` text PRIMARY KEY NOT NULL,
	`org_id` text NOT NULL,
	`user_id` text NOT NULL,
	`session_id` text,
	`purpose` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	`change_id` text
);
--> statement-breakpoint
CREATE INDEX `one_time_tokens_user` ON `one_time_tokens` (`org_id`,`user_id`,`purpose`);--> statement-breakpoint
CREATE TABLE `refresh_tokens` (
	`hash` text PRIMARY KEY NOT NULL,
	`org_id` text NOT NULL,
	`session_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`spent_at` integer
);
--> statement-breakpoint
CREATE INDEX `refresh_tokens_session` ON `refresh_tokens` (`org_id`,`session_id`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`org_id` text NOT NULL,
	`user_id` text NOT NULL,
	`device` text NOT NULL,
	`address` text,
	`created_at` integer NOT NULL,
	`last_used_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`revoked_at` integer
);
--> statement-breakpoint
CREATE INDEX `sessions_user` ON `sessions` (`org_id`,`user_id`,`id`);--> statement-breakpoint
CREATE TABLE `users` (
	`id` text PRIMARY KEY NOT NULL,
	`org_id` text NOT NULL,
	`email` text NOT NULL,
	`first_name` text NOT NULL,
	`last_name` text NOT NULL,
	`phone` text,
	`role` text NOT NULL,
	`password_hash` text,
	`must_change_password` integer DEFAULT false NOT NULL,
	`email_verified_at` integer,
	`disabled_at` integer,
	`session_version` integer DEFAULT 1 NOT NULL,
	`agent_id` text,
	`candidate_id` text,
	`client_id` text,
	`last_login_at` integer,
	`version` integer DEFAULT 1 NOT NULL,
	`change_id` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `users_org_email` ON `users` (`org_id`,`email`);--> statement-breakpoint
CREATE INDEX `users_email` ON `users` (`email`);--> statement-breakpoint
CREATE INDEX `users_org_role` ON `users` (`org_id`,`role`,`id`);--> statement-breakpoint
CREATE TABLE `idempotency_keys` (
	`caller` text NOT NULL,
	`key_hash` text NOT NULL,
	`request_hash` text NOT NULL,
	`status` integer NOT NULL,
	`sealed` text NOT NULL,
	`expires_at` integer NOT NULL,
	PRIMARY KEY(`caller`, `key_hash`)
);
--> statement-breakpoint
CREATE INDEX `idempotency_expiry` ON `idempotency_keys` (`expires_at`);