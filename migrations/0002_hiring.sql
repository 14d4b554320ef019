CREATE TABLE `batches` (
	`id` text PRIMARY KEY NOT NULL,
	`org_id` text NOT NULL,
	`action` text NOT NULL,
	`actor_id` text NOT NULL,
	`items` text NOT NULL,
	`undo_until` integer NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `batches_org` ON `batches` (`org_id`,`id`);--> statement-breakpoint
CREATE TABLE `import_errors` (
	`org_id` text NOT NULL,
	`import_id` text NOT NULL,
	`row_number` integer NOT NULL,
	`errors` text NOT NULL,
	`raw_values` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `import_errors_row` ON `import_errors` (`org_id`,`import_id`,`row_number`);--> statement-breakpoint
CREATE TABLE `imports` (
	`id` text PRIMARY KEY NOT NULL,
	`org_id` text NOT NULL,
	`status` text NOT NULL,
	`file_name` text NOT NULL,
	`r2_key` text NOT NULL,
	`encoding` text NOT NULL,
	`mapping` text NOT NULL,
	`total` integer NOT NULL,
	`next_row` integer DEFAULT 0 NOT NULL,
	`created` integer DEFAULT 0 NOT NULL,
	`updated` integer DEFAULT 0 NOT NULL,
	`failed` integer DEFAULT 0 NOT NULL,
	`created_by` text NOT NULL,
	`lease_until` integer DEFAULT 0 NOT NULL,
	`change_id` text,
	`created_at` integer NOT NULL,
	`finished_at` integer
);
--> statement-breakpoint
CREATE INDEX `imports_org` ON `imports` (`org_id`,`id`);--> statement-breakpoint
CREATE INDEX `imports_running` ON `imports` (`lease_until`) WHERE status = 'running';--> statement-breakpoint
CREATE TABLE `notes` (
	`id` text PRIMARY KEY NOT NULL,
	`org_id` text NOT NULL,
	`candidate_id` text,
	`agent_id` text,
	`application_id` text,
	`internal` integer DEFAULT true NOT NULL,
	`body` text NOT NULL,
	`author_id` text NOT NULL,
	`mentions` text NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`change_id` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `notes_candidate` ON `notes` (`org_id`,`candidate_id`,`id`) WHERE candidate_id is not null;--> statement-breakpoint
CREATE INDEX `notes_agent` ON `notes` (`org_id`,`agent_id`,`id`) WHERE agent_id is not null;--> statement-breakpoint
CREATE INDEX `notes_application` ON `notes` (`org_id`,`application_id`,`id`) WHERE application_id is not null;--> statement-breakpoint
CREATE TABLE `clients` (
	`id` text PRIMARY KEY NOT NULL,
	`org_id` text NOT NULL,
	`search_key` integer NOT NULL,
	`company_name` text NOT NULL,
	`status` text NOT NULL,
	`industry` text,
	`website` text,
	`phone` text,
	`address` text,
	`city` text,
	`state` text,
	`country` text,
	`postal_code` text,
	`notes` text,
	`job_count` integer DEFAULT 0 NOT NULL,
	`open_job_count` integer DEFAULT 0 NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`change_id` text,
	`created_by` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `clients_org` ON `clients` (`org_id`,`id`);--> statement-breakpoint
CREATE INDEX `clients_org_status` ON `clients` (`org_id`,`status`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `clients_search` ON `clients` (`search_key`);--> statement-breakpoint
CREATE TABLE `daily_counts` (
	`org_id` text NOT NULL,
	`metric` text NOT NULL,
	`job_id` text NOT NULL,
	`day` text NOT NULL,
	`key` text NOT NULL,
	`count` integer NOT NULL,
	`seconds` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`org_id`, `metric`, `job_id`, `day`, `key`)
);
--> statement-breakpoint
CREATE TABLE `job_forms` (
	`org_id` text NOT NULL,
	`job_id` text NOT NULL,
	`number` integer NOT NULL,
	`fields` text NOT NULL,
	`created_by` text,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`org_id`, `job_id`, `number`)
);
--> statement-breakpoint
CREATE TABLE `job_team` (
	`org_id` text NOT NULL,
	`job_id` text NOT NULL,
	`user_id` text NOT NULL,
	`role` text NOT NULL,
	PRIMARY KEY(`org_id`, `job_id`, `user_id`)
);
--> statement-breakpoint
CREATE INDEX `job_team_user` ON `job_team` (`org_id`,`user_id`,`job_id`);--> statement-breakpoint
CREATE TABLE `jobs` (
	`id` text PRIMARY KEY NOT NULL,
	`org_id` text NOT NULL,
	`search_key` integer NOT NULL,
	`client_id` text NOT NULL,
	`slug` text NOT NULL,
	`title` text NOT NULL,
	`description` text NOT NULL,
	`department` text,
	`location` text,
	`remote` integer DEFAULT false NOT NULL,
	`employment_type` text NOT NULL,
	`experience_min` integer,
	`experience_max` integer,
	`salary_min` integer,
	`salary_max` integer,
	`salary_currency` text,
	`required_skills` text NOT NULL,
	`nice_to_have_skills` text NOT NULL,
	`status` text NOT NULL,
	`priority` text NOT NULL,
	`openings` integer NOT NULL,
	`start_date` text,
	`pipeline_id` text NOT NULL,
	`template_id` text,
	`stages` text NOT NULL,
	`form_version` integer DEFAULT 0 NOT NULL,
	`application_count` integer DEFAULT 0 NOT NULL,
	`active_count` integer DEFAULT 0 NOT NULL,
	`shared_count` integer DEFAULT 0 NOT NULL,
	`posted_at` integer,
	`closed_at` integer,
	`version` integer DEFAULT 1 NOT NULL,
	`change_id` text,
	`created_by` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `jobs_org` ON `jobs` (`org_id`,`id`);--> statement-breakpoint
CREATE INDEX `jobs_org_status` ON `jobs` (`org_id`,`status`,`id`);--> statement-breakpoint
CREATE INDEX `jobs_org_client` ON `jobs` (`org_id`,`client_id`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `jobs_org_slug` ON `jobs` (`org_id`,`slug`);--> statement-breakpoint
CREATE UNIQUE INDEX `jobs_search` ON `jobs` (`search_key`);--> statement-breakpoint
CREATE UNIQUE INDEX `jobs_pipeline` ON `jobs` (`org_id`,`pipeline_id`);--> statement-breakpoint
CREATE TABLE `undone_moves` (
	`batch_id` text NOT NULL,
	`application_id` text NOT NULL,
	`org_id` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`batch_id`, `application_id`)
);
--> statement-breakpoint
CREATE TABLE `tasks` (
	`id` text PRIMARY KEY NOT NULL,
	`org_id` text NOT NULL,
	`kind` text NOT NULL,
	`title` text NOT NULL,
	`description` text,
	`status` text NOT NULL,
	`assignee_id` text,
	`due_at` integer,
	`application_id` text,
	`agent_id` text,
	`candidate_id` text,
	`job_id` text,
	`action_id` text,
	`batch_id` text,
	`duration_minutes` integer,
	`mode` text,
	`created_by` text,
	`done_by` text,
	`done_at` integer,
	`version` integer DEFAULT 1 NOT NULL,
	`change_id` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `tasks_org` ON `tasks` (`org_id`,`id`);--> statement-breakpoint
CREATE INDEX `tasks_status` ON `tasks` (`org_id`,`status`,`id`);--> statement-breakpoint
CREATE INDEX `tasks_due` ON `tasks` (`org_id`,`status`,`due_at`,`id`);--> statement-breakpoint
CREATE INDEX `tasks_assignee` ON `tasks` (`org_id`,`assignee_id`,`status`,`due_at`,`id`);--> statement-breakpoint
CREATE INDEX `tasks_application` ON `tasks` (`org_id`,`application_id`,`id`) WHERE application_id is not null;--> statement-breakpoint
CREATE INDEX `tasks_candidate` ON `tasks` (`org_id`,`candidate_id`,`id`) WHERE candidate_id is not null;--> statement-breakpoint
CREATE INDEX `tasks_batch` ON `tasks` (`org_id`,`batch_id`) WHERE batch_id is not null;--> statement-breakpoint
DROP INDEX `applications_board`;--> statement-breakpoint
ALTER TABLE `applications` ADD `stage_key` text DEFAULT '' NOT NULL;--> statement-breakpoint
UPDATE `applications` SET `stage_key` = (SELECT `key` FROM `stages` WHERE `stages`.`id` = `applications`.`stage_id`);--> statement-breakpoint
ALTER TABLE `applications` ADD `job_id` text;--> statement-breakpoint
ALTER TABLE `applications` ADD `client_id` text;--> statement-breakpoint
ALTER TABLE `applications` ADD `status` text;--> statement-breakpoint
ALTER TABLE `applications` ADD `reason` text;--> statement-breakpoint
ALTER TABLE `applications` ADD `starred` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `applications` ADD `archived` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `applications` ADD `shared_with_client` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `applications` ADD `notes` text;--> statement-breakpoint
ALTER TABLE `applications` ADD `internal_notes` text;--> statement-breakpoint
ALTER TABLE `applications` ADD `form_version` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `applications` ADD `form_answers` text DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE `applications` ADD `extra_answers` text DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE `applications` ADD `flags` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
CREATE INDEX `applications_list` ON `applications` (`org_id`,`id`) WHERE job_id is not null and archived = 0;--> statement-breakpoint
CREATE INDEX `applications_status` ON `applications` (`org_id`,`status`,`id`) WHERE job_id is not null and archived = 0;--> statement-breakpoint
CREATE INDEX `applications_job` ON `applications` (`org_id`,`job_id`,`id`) WHERE job_id is not null and archived = 0;--> statement-breakpoint
CREATE INDEX `applications_client` ON `applications` (`org_id`,`client_id`,`id`) WHERE job_id is not null and archived = 0;--> statement-breakpoint
CREATE INDEX `applications_archived` ON `applications` (`org_id`,`id`) WHERE job_id is not null and archived = 1;--> statement-breakpoint
CREATE INDEX `applications_shared` ON `applications` (`org_id`,`client_id`,`id`) WHERE shared_with_client = 1 and archived = 0;--> statement-breakpoint
CREATE INDEX `applications_shared_job` ON `applications` (`org_id`,`job_id`,`id`) WHERE shared_with_client = 1 and archived = 0;--> statement-breakpoint
CREATE INDEX `applications_shared_board` ON `applications` (`org_id`,`client_id`,`pipeline_id`,`stage_id`,`entered_at`,`id`) WHERE shared_with_client = 1 and archived = 0;--> statement-breakpoint
CREATE INDEX `applications_board` ON `applications` (`org_id`,`pipeline_id`,`stage_id`,`entered_at`,`id`) WHERE archived = 0;--> statement-breakpoint
ALTER TABLE `events` ADD `for_client` integer DEFAULT false NOT NULL;--> statement-breakpoint
-- By hand: a column that is added to rows can't be NOT NULL without a default. Filled at once below.
ALTER TABLE `candidates` ADD `search_key` integer;--> statement-breakpoint
UPDATE `candidates` SET `search_key` = 1000000 + rowid;--> statement-breakpoint
INSERT INTO `people_index` (rowid, `org`, `text`) SELECT `search_key`, replace(`org_id`, '_', '') || 'c', `first_name` || ' ' || `last_name` || ' ' || `email` FROM `candidates`;--> statement-breakpoint
ALTER TABLE `candidates` ADD `address` text;--> statement-breakpoint
ALTER TABLE `candidates` ADD `city` text;--> statement-breakpoint
ALTER TABLE `candidates` ADD `country` text;--> statement-breakpoint
ALTER TABLE `candidates` ADD `linkedin_url` text;--> statement-breakpoint
ALTER TABLE `candidates` ADD `portfolio_url` text;--> statement-breakpoint
ALTER TABLE `candidates` ADD `links` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `candidates` ADD `current_role_title` text;--> statement-breakpoint
ALTER TABLE `candidates` ADD `current_company` text;--> statement-breakpoint
ALTER TABLE `candidates` ADD `summary` text;--> statement-breakpoint
ALTER TABLE `candidates` ADD `cover_letter` text;--> statement-breakpoint
ALTER TABLE `candidates` ADD `skills` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `candidates` ADD `languages` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `candidates` ADD `certifications` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `candidates` ADD `experience_years` real;--> statement-breakpoint
ALTER TABLE `candidates` ADD `experience` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `candidates` ADD `education` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `candidates` ADD `source` text;--> statement-breakpoint
ALTER TABLE `candidates` ADD `tags` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `candidates` ADD `status` text DEFAULT 'NEW' NOT NULL;--> statement-breakpoint
ALTER TABLE `candidates` ADD `cv_document_id` text;--> statement-breakpoint
ALTER TABLE `candidates` ADD `selected_at` integer;--> statement-breakpoint
ALTER TABLE `candidates` ADD `created_by` text;--> statement-breakpoint
CREATE UNIQUE INDEX `candidates_search` ON `candidates` (`search_key`);--> statement-breakpoint
CREATE INDEX `candidates_org` ON `candidates` (`org_id`,`id`);--> statement-breakpoint
CREATE INDEX `candidates_org_status` ON `candidates` (`org_id`,`status`,`id`);--> statement-breakpoint
ALTER TABLE `emails` ADD `application_id` text;--> statement-breakpoint
ALTER TABLE `pipelines` ADD `description` text;--> statement-breakpoint
ALTER TABLE `pipelines` ADD `template_id` text;--> statement-breakpoint
ALTER TABLE `pipelines` ADD `is_default` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `pipelines` ADD `version` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `pipelines` ADD `change_id` text;--> statement-breakpoint
ALTER TABLE `pipelines` ADD `updated_at` integer;--> statement-breakpoint
CREATE INDEX `pipelines_template` ON `pipelines` (`org_id`,`template_id`,`id`) WHERE template_id is not null;--> statement-breakpoint
ALTER TABLE `stage_actions` ADD `name` text;--> statement-breakpoint
ALTER TABLE `stages` ADD `description` text;--> statement-breakpoint
ALTER TABLE `stages` ADD `shares_with_client` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `stages` ADD `shared_count` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `users_client` ON `users` (`org_id`,`client_id`,`id`) WHERE client_id is not null;