CREATE TABLE `application_drafts` (
	`hash` text PRIMARY KEY NOT NULL,
	`org_id` text NOT NULL,
	`job_id` text NOT NULL,
	`form_version` integer NOT NULL,
	`email` text,
	`data` text NOT NULL,
	`files` text NOT NULL,
	`change_id` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `application_drafts_age` ON `application_drafts` (`expires_at`);--> statement-breakpoint
CREATE TABLE `apply_steps` (
	`org_id` text NOT NULL,
	`job_id` text NOT NULL,
	`day` text NOT NULL,
	`step` text NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`org_id`, `job_id`, `day`, `step`)
);
--> statement-breakpoint
CREATE TABLE `equal_opportunity_answers` (
	`id` text PRIMARY KEY NOT NULL,
	`org_id` text NOT NULL,
	`job_id` text NOT NULL,
	`application_id` text NOT NULL,
	`answers` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `equal_opportunity_job` ON `equal_opportunity_answers` (`org_id`,`job_id`,`id`);--> statement-breakpoint
CREATE INDEX `equal_opportunity_application` ON `equal_opportunity_answers` (`org_id`,`application_id`);--> statement-breakpoint
CREATE TABLE `held_applications` (
	`id` text PRIMARY KEY NOT NULL,
	`org_id` text NOT NULL,
	`job_id` text NOT NULL,
	`status` text NOT NULL,
	`name` text NOT NULL,
	`email` text NOT NULL,
	`input` text NOT NULL,
	`files` text NOT NULL,
	`reasons` text NOT NULL,
	`application_id` text,
	`decided_by` text,
	`decided_at` integer,
	`change_id` text,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `held_applications_status` ON `held_applications` (`org_id`,`status`,`id`);--> statement-breakpoint
CREATE INDEX `held_applications_discarded` ON `held_applications` (`decided_at`) WHERE status = 'discarded';--> statement-breakpoint
CREATE TABLE `interview_bookings` (
	`org_id` text NOT NULL,
	`interview_id` text NOT NULL,
	`person_id` text NOT NULL,
	`starts_at` integer NOT NULL,
	`ends_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `interview_bookings_person` ON `interview_bookings` (`org_id`,`person_id`,`starts_at`,`interview_id`);--> statement-breakpoint
CREATE INDEX `interview_bookings_interview` ON `interview_bookings` (`org_id`,`interview_id`);--> statement-breakpoint
CREATE TABLE `interviews` (
	`id` text PRIMARY KEY NOT NULL,
	`org_id` text NOT NULL,
	`application_id` text NOT NULL,
	`job_id` text NOT NULL,
	`job_title` text NOT NULL,
	`candidate_id` text NOT NULL,
	`client_id` text NOT NULL,
	`round` integer NOT NULL,
	`round_name` text,
	`status` text NOT NULL,
	`mode` text NOT NULL,
	`duration_minutes` integer NOT NULL,
	`time_zone` text NOT NULL,
	`slots` text NOT NULL,
	`selected_slot_id` text,
	`starts_at` integer,
	`ends_at` integer,
	`interviewer_ids` text NOT NULL,
	`location` text,
	`meeting_link` text,
	`instructions` text,
	`invite_sent_at` integer,
	`invite_sent_by` text,
	`invite_sequence` integer DEFAULT 0 NOT NULL,
	`feedback` text DEFAULT '[]' NOT NULL,
	`rating` integer,
	`decision_reason` text,
	`no_show_count` integer DEFAULT 0 NOT NULL,
	`hiring_initiated` integer DEFAULT false NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`change_id` text,
	`created_by` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `interviews_org` ON `interviews` (`org_id`,`id`);--> statement-breakpoint
CREATE INDEX `interviews_status` ON `interviews` (`org_id`,`status`,`id`);--> statement-breakpoint
CREATE INDEX `interviews_candidate` ON `interviews` (`org_id`,`candidate_id`,`id`);--> statement-breakpoint
CREATE INDEX `interviews_client` ON `interviews` (`org_id`,`client_id`,`id`);--> statement-breakpoint
CREATE INDEX `interviews_job` ON `interviews` (`org_id`,`job_id`,`id`);--> statement-breakpoint
CREATE INDEX `interviews_application` ON `interviews` (`org_id`,`application_id`,`id`);--> statement-breakpoint
CREATE INDEX `interviews_booked` ON `interviews` (`org_id`,`starts_at`,`id`) WHERE status in ('Confirmed','Scheduled');--> statement-breakpoint
CREATE UNIQUE INDEX `interviews_round` ON `interviews` (`org_id`,`application_id`,`round`) WHERE status <> 'Cancelled';--> statement-breakpoint
CREATE TABLE `status_links` (
	`hash` text PRIMARY KEY NOT NULL,
	`org_id` text NOT NULL,
	`application_id` text NOT NULL,
	`browser_hash` text,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `status_links_application` ON `status_links` (`org_id`,`application_id`);--> statement-breakpoint
CREATE INDEX `status_links_age` ON `status_links` (`expires_at`);--> statement-breakpoint
ALTER TABLE `emails` ADD `files` text;--> statement-breakpoint
ALTER TABLE `outbox` ADD `files` text;--> statement-breakpoint
ALTER TABLE `organizations` ADD `careers_version` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `organizations` ADD `asks_equal_opportunity` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `users` ADD `created_by` text;--> statement-breakpoint
CREATE INDEX `users_portal_inactive` ON `users` (`org_id`,`role`,`id`) WHERE role = 'candidate' and disabled_at is not null;--> statement-breakpoint
ALTER TABLE `applications` ADD `reply_by` integer;--> statement-breakpoint
CREATE INDEX `applications_reply_by` ON `applications` (`org_id`,`reply_by`) WHERE reply_by is not null and archived = 0;--> statement-breakpoint
ALTER TABLE `stages` ADD `public_name` text;--> statement-breakpoint
ALTER TABLE `stages` ADD `public_next` text;--> statement-breakpoint
ALTER TABLE `stages` ADD `reply_by_days` integer;--> statement-breakpoint
CREATE INDEX `jobs_open` ON `jobs` (`org_id`,`posted_at`,`id`) WHERE status = 'open';--> statement-breakpoint
CREATE INDEX `jobs_open_location` ON `jobs` (`org_id`,`location`,`posted_at`,`id`) WHERE status = 'open';--> statement-breakpoint
CREATE INDEX `jobs_open_department` ON `jobs` (`org_id`,`department`,`posted_at`,`id`) WHERE status = 'open';--> statement-breakpoint
CREATE INDEX `jobs_open_type` ON `jobs` (`org_id`,`employment_type`,`posted_at`,`id`) WHERE status = 'open';--> statement-breakpoint
CREATE INDEX `jobs_open_remote` ON `jobs` (`org_id`,`posted_at`,`id`) WHERE status = 'open' and remote = 1;--> statement-breakpoint
-- What the public pages show has changed: whoever changes it, the pages cached under the old number are left behind.
CREATE TRIGGER `careers_job_added` AFTER INSERT ON `jobs` WHEN new.status = 'open' BEGIN
	UPDATE organizations SET careers_version = careers_version + 1 WHERE id = new.org_id;
END;
--> statement-breakpoint
CREATE TRIGGER `careers_job_changed` AFTER UPDATE OF slug, title, description, department, location, remote, employment_type, experience_min, experience_max, salary_min, salary_max, salary_currency, required_skills, nice_to_have_skills, status, openings, start_date, form_version ON `jobs` WHEN new.status <> 'draft' OR old.status <> 'draft' BEGIN
	UPDATE organizations SET careers_version = careers_version + 1 WHERE id = new.org_id;
END;
--> statement-breakpoint
CREATE TRIGGER `careers_job_removed` AFTER DELETE ON `jobs` WHEN old.status <> 'draft' BEGIN
	UPDATE organizations SET careers_version = careers_version + 1 WHERE id = old.org_id;
END;
--> statement-breakpoint
CREATE TRIGGER `careers_organization_changed` AFTER UPDATE OF slug, name, domain, brand, languages, privacy, asks_equal_opportunity ON `organizations` BEGIN
	UPDATE organizations SET careers_version = careers_version + 1 WHERE id = new.id;
END;
--> statement-breakpoint
-- Interviews carry the title of their job, so that a list of them needs no join.
CREATE TRIGGER `interviews_job_title` AFTER UPDATE OF title ON `jobs` WHEN new.title <> old.title BEGIN
	UPDATE interviews SET job_title = new.title WHERE org_id = new.org_id AND job_id = new.id;
END;
