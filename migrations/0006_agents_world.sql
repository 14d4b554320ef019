CREATE TABLE `accepted_terms` (
	`application_id` text PRIMARY KEY NOT NULL,
	`org_id` text NOT NULL,
	`agent_id` text NOT NULL,
	`campaign_id` text NOT NULL,
	`pay` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `accepted_terms_agent` ON `accepted_terms` (`org_id`,`agent_id`,`application_id`);--> statement-breakpoint
CREATE TABLE `campaign_access` (
	`org_id` text NOT NULL,
	`campaign_id` text NOT NULL,
	`agent_id` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`campaign_id`, `agent_id`)
);
--> statement-breakpoint
CREATE INDEX `campaign_access_agent` ON `campaign_access` (`org_id`,`agent_id`);--> statement-breakpoint
CREATE TABLE `campaigns` (
	`id` text PRIMARY KEY NOT NULL,
	`org_id` text NOT NULL,
	`name` text NOT NULL,
	`client_id` text,
	`status` text NOT NULL,
	`brief` text,
	`schedule` text,
	`pay` text,
	`seats` integer NOT NULL,
	`start_date` text NOT NULL,
	`end_date` text,
	`access` text NOT NULL,
	`requirements` text NOT NULL,
	`pipeline_id` text NOT NULL,
	`eligible_count` integer DEFAULT 0 NOT NULL,
	`created_by` text NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`change_id` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `campaigns_org` ON `campaigns` (`org_id`,`id`);--> statement-breakpoint
CREATE INDEX `campaigns_status` ON `campaigns` (`org_id`,`status`,`id`);--> statement-breakpoint
CREATE INDEX `campaigns_client` ON `campaigns` (`org_id`,`client_id`,`id`) WHERE client_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX `campaigns_pipeline` ON `campaigns` (`pipeline_id`);--> statement-breakpoint
CREATE TABLE `agent_facts` (
	`agent_id` text PRIMARY KEY NOT NULL,
	`org_id` text NOT NULL,
	`facts` text,
	`stale` integer DEFAULT true NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`change_id` text,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `agent_facts_org` ON `agent_facts` (`org_id`,`agent_id`);--> statement-breakpoint
CREATE INDEX `agent_facts_stale` ON `agent_facts` (`org_id`,`agent_id`) WHERE stale = 1;--> statement-breakpoint
CREATE TABLE `campaign_eligible` (
	`org_id` text NOT NULL,
	`campaign_id` text NOT NULL,
	`agent_id` text NOT NULL,
	`until` integer,
	PRIMARY KEY(`campaign_id`, `agent_id`)
);
--> statement-breakpoint
CREATE INDEX `campaign_eligible_agent` ON `campaign_eligible` (`org_id`,`agent_id`);--> statement-breakpoint
CREATE INDEX `campaign_eligible_until` ON `campaign_eligible` (`until`) WHERE until is not null;--> statement-breakpoint
CREATE TABLE `evaluation_types` (
	`org_id` text NOT NULL,
	`key` text NOT NULL,
	`name` text NOT NULL,
	`description` text,
	`min_score` real NOT NULL,
	`max_score` real NOT NULL,
	`pass_score` real,
	`criteria` text NOT NULL,
	`visibility` text NOT NULL,
	`archived` integer DEFAULT false NOT NULL,
	`position` integer NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`change_id` text,
	PRIMARY KEY(`org_id`, `key`)
);
--> statement-breakpoint
CREATE TABLE `evaluations` (
	`id` text PRIMARY KEY NOT NULL,
	`org_id` text NOT NULL,
	`agent_id` text,
	`candidate_id` text,
	`owner_id` text NOT NULL,
	`application_id` text,
	`type` text NOT NULL,
	`score` real NOT NULL,
	`max_score` real NOT NULL,
	`passed` integer,
	`marks` text NOT NULL,
	`comment` text,
	`source` text NOT NULL,
	`external_id` text,
	`evaluator_id` text,
	`completed_at` integer NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `evaluations_owner` ON `evaluations` (`org_id`,`owner_id`,`id`);--> statement-breakpoint
CREATE INDEX `evaluations_type` ON `evaluations` (`org_id`,`type`,`id`);--> statement-breakpoint
CREATE INDEX `evaluations_org` ON `evaluations` (`org_id`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `evaluations_external` ON `evaluations` (`org_id`,`type`,`external_id`) WHERE external_id is not null;--> statement-breakpoint
CREATE TABLE `onboarding_done` (
	`id` text PRIMARY KEY NOT NULL,
	`org_id` text NOT NULL,
	`agent_id` text NOT NULL,
	`step_id` text NOT NULL,
	`status` text NOT NULL,
	`data` text NOT NULL,
	`score` real,
	`attempts` integer DEFAULT 0 NOT NULL,
	`document_id` text,
	`copy` text,
	`seal` text,
	`reason` text,
	`completed_at` integer,
	`change_id` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `onboarding_done_agent` ON `onboarding_done` (`org_id`,`agent_id`,`step_id`);--> statement-breakpoint
CREATE TABLE `onboarding_steps` (
	`id` text PRIMARY KEY NOT NULL,
	`org_id` text NOT NULL,
	`key` text NOT NULL,
	`title` text NOT NULL,
	`kind` text NOT NULL,
	`description` text,
	`schema` text,
	`document_type` text,
	`text` text,
	`url` text,
	`questions` text,
	`pass_score` real,
	`evaluation_type` text,
	`depends_on` text NOT NULL,
	`due_days` integer,
	`applies_to` text,
	`position` integer NOT NULL,
	`removed_at` integer,
	`version` integer DEFAULT 1 NOT NULL,
	`change_id` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `onboarding_steps_org` ON `onboarding_steps` (`org_id`,`position`) WHERE removed_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX `onboarding_steps_key` ON `onboarding_steps` (`org_id`,`key`) WHERE removed_at is null;--> statement-breakpoint
CREATE TABLE `reminders` (
	`id` text PRIMARY KEY NOT NULL,
	`org_id` text NOT NULL,
	`kind` text NOT NULL,
	`subject_id` text NOT NULL,
	`agent_id` text,
	`candidate_id` text,
	`part` text NOT NULL,
	`detail` text NOT NULL,
	`due_at` integer NOT NULL,
	`done_at` integer,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `reminders_once` ON `reminders` (`org_id`,`kind`,`subject_id`,`part`);--> statement-breakpoint
CREATE INDEX `reminders_due` ON `reminders` (`due_at`) WHERE done_at is null;--> statement-breakpoint
ALTER TABLE `document_types` ADD `valid_days` integer;--> statement-breakpoint
ALTER TABLE `document_types` ADD `template_key` text;--> statement-breakpoint
ALTER TABLE `document_types` ADD `template_name` text;--> statement-breakpoint
ALTER TABLE `document_types` ADD `template_type` text;--> statement-breakpoint
ALTER TABLE `documents` ADD `expires_at` integer;--> statement-breakpoint
ALTER TABLE `documents` ADD `expired_at` integer;--> statement-breakpoint
CREATE INDEX `documents_expiring` ON `documents` (`org_id`,`expires_at`,`id`) WHERE expires_at is not null;--> statement-breakpoint
ALTER TABLE `applications` ADD `campaign_id` text;--> statement-breakpoint
ALTER TABLE `applications` ADD `start_date` text;--> statement-breakpoint
-- What requirements ask about is gathered for whoever is there already by the next sweep.
INSERT INTO agent_facts (agent_id, org_id, facts, stale, updated_at) SELECT id, org_id, NULL, 1, created_at FROM agents;
