CREATE TABLE `api_keys` (
	`id` text PRIMARY KEY NOT NULL,
	`org_id` text NOT NULL,
	`name` text NOT NULL,
	`start` text NOT NULL,
	`hash` text NOT NULL,
	`scopes` text NOT NULL,
	`ip_allow_list` text,
	`expires_at` integer,
	`last_used_at` integer,
	`revoked_at` integer,
	`created_by` text,
	`change_id` text,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `api_keys_hash` ON `api_keys` (`hash`);--> statement-breakpoint
CREATE INDEX `api_keys_org` ON `api_keys` (`org_id`,`id`);--> statement-breakpoint
CREATE TABLE `external_ids` (
	`integration_id` text NOT NULL,
	`kind` text NOT NULL,
	`external_id` text NOT NULL,
	`org_id` text NOT NULL,
	`local_id` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`integration_id`, `kind`, `external_id`)
);
--> statement-breakpoint
CREATE INDEX `external_ids_local` ON `external_ids` (`org_id`,`kind`,`local_id`);--> statement-breakpoint
CREATE TABLE `inbox_effects` (
	`inbox_id` text NOT NULL,
	`run` integer NOT NULL,
	`org_id` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`inbox_id`, `run`)
);
--> statement-breakpoint
CREATE TABLE `inbox_events` (
	`id` text PRIMARY KEY NOT NULL,
	`org_id` text NOT NULL,
	`integration_id` text NOT NULL,
	`event_id` text NOT NULL,
	`event_type` text,
	`occurred_at` integer,
	`received_at` integer NOT NULL,
	`status` text NOT NULL,
	`reason` text,
	`body` text NOT NULL,
	`headers` text NOT NULL,
	`hops` integer DEFAULT 0 NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`next_at` integer,
	`processed_at` integer,
	`result` text,
	`change_id` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `inbox_events_once` ON `inbox_events` (`integration_id`,`event_id`);--> statement-breakpoint
CREATE INDEX `inbox_events_org` ON `inbox_events` (`org_id`,`id`);--> statement-breakpoint
CREATE INDEX `inbox_events_source` ON `inbox_events` (`org_id`,`integration_id`,`id`);--> statement-breakpoint
CREATE INDEX `inbox_events_status` ON `inbox_events` (`org_id`,`status`,`id`);--> statement-breakpoint
CREATE INDEX `inbox_events_due` ON `inbox_events` (`next_at`) WHERE status = 'received';--> statement-breakpoint
CREATE INDEX `inbox_events_age` ON `inbox_events` (`received_at`);--> statement-breakpoint
CREATE TABLE `inbox_hours` (
	`integration_id` text NOT NULL,
	`hour` integer NOT NULL,
	`org_id` text NOT NULL,
	`received` integer DEFAULT 0 NOT NULL,
	`repeated` integer DEFAULT 0 NOT NULL,
	`refused` integer DEFAULT 0 NOT NULL,
	`processed` integer DEFAULT 0 NOT NULL,
	`quarantined` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`integration_id`, `hour`)
);
--> statement-breakpoint
CREATE INDEX `inbox_hours_org` ON `inbox_hours` (`org_id`,`hour`);--> statement-breakpoint
CREATE TABLE `inbox_marks` (
	`integration_id` text NOT NULL,
	`subject` text NOT NULL,
	`org_id` text NOT NULL,
	`occurred_at` integer NOT NULL,
	PRIMARY KEY(`integration_id`, `subject`)
);
--> statement-breakpoint
CREATE TABLE `integrations` (
	`id` text PRIMARY KEY NOT NULL,
	`org_id` text NOT NULL,
	`type` text NOT NULL,
	`name` text NOT NULL,
	`scheme` text NOT NULL,
	`secret` text NOT NULL,
	`previous_secret` text,
	`previous_until` integer,
	`ip_allow_list` text,
	`accepts_with` integer DEFAULT 202 NOT NULL,
	`status` text DEFAULT 'enabled' NOT NULL,
	`last_event_at` integer,
	`last_error_at` integer,
	`last_error` text,
	`told_failing` integer DEFAULT false NOT NULL,
	`created_by` text,
	`removed_at` integer,
	`version` integer DEFAULT 1 NOT NULL,
	`change_id` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `integrations_org` ON `integrations` (`org_id`,`id`);--> statement-breakpoint
CREATE TABLE `portal_assessments` (
	`id` text PRIMARY KEY NOT NULL,
	`org_id` text NOT NULL,
	`integration_id` text NOT NULL,
	`kind` text NOT NULL,
	`candidate_id` text NOT NULL,
	`application_id` text,
	`assessment_type` text NOT NULL,
	`status` text NOT NULL,
	`score` real,
	`max_score` real,
	`recommendation` text,
	`summary` text,
	`portal_assessment_id` text NOT NULL,
	`completed_at` integer,
	`change_id` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `portal_assessments_once` ON `portal_assessments` (`integration_id`,`kind`,`portal_assessment_id`);--> statement-breakpoint
CREATE INDEX `portal_assessments_candidate` ON `portal_assessments` (`org_id`,`candidate_id`,`id`);--> statement-breakpoint
CREATE TABLE `webhook_attempts` (
	`id` text PRIMARY KEY NOT NULL,
	`org_id` text NOT NULL,
	`delivery_id` text NOT NULL,
	`n` integer NOT NULL,
	`at` integer NOT NULL,
	`cause` text,
	`status_code` integer,
	`latency_ms` integer,
	`request` text,
	`response` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `webhook_attempts_delivery` ON `webhook_attempts` (`delivery_id`,`n`);--> statement-breakpoint
CREATE TABLE `webhook_counts` (
	`endpoint_id` text NOT NULL,
	`status` text NOT NULL,
	`org_id` text NOT NULL,
	`n` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`endpoint_id`, `status`)
);
--> statement-breakpoint
CREATE INDEX `webhook_counts_org` ON `webhook_counts` (`org_id`);--> statement-breakpoint
CREATE TABLE `webhook_deliveries` (
	`id` text PRIMARY KEY NOT NULL,
	`org_id` text NOT NULL,
	`endpoint_id` text NOT NULL,
	`event_id` text NOT NULL,
	`event_seq` integer NOT NULL,
	`event_type` text NOT NULL,
	`entity_id` text NOT NULL,
	`entity_seq` integer NOT NULL,
	`hops` integer DEFAULT 0 NOT NULL,
	`status` text NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`failures` integer DEFAULT 0 NOT NULL,
	`queued_at` integer NOT NULL,
	`next_at` integer,
	`lease_until` integer,
	`delivered_at` integer,
	`last_cause` text,
	`last_status_code` integer,
	`last_latency_ms` integer,
	`replays` integer DEFAULT 0 NOT NULL,
	`reason` text,
	`change_id` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `webhook_deliveries_once` ON `webhook_deliveries` (`endpoint_id`,`event_id`);--> statement-breakpoint
CREATE INDEX `webhook_deliveries_due` ON `webhook_deliveries` (`endpoint_id`,`next_at`,`event_seq`) WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX `webhook_deliveries_parked` ON `webhook_deliveries` (`endpoint_id`,`event_seq`) WHERE status = 'parked';--> statement-breakpoint
CREATE INDEX `webhook_deliveries_lane` ON `webhook_deliveries` (`endpoint_id`,`entity_id`,`entity_seq`) WHERE status in ('pending', 'parked');--> statement-breakpoint
CREATE INDEX `webhook_deliveries_sweep` ON `webhook_deliveries` (`next_at`) WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX `webhook_deliveries_org` ON `webhook_deliveries` (`org_id`,`id`);--> statement-breakpoint
CREATE INDEX `webhook_deliveries_endpoint` ON `webhook_deliveries` (`org_id`,`endpoint_id`,`id`);--> statement-breakpoint
CREATE INDEX `webhook_deliveries_status` ON `webhook_deliveries` (`org_id`,`status`,`id`);--> statement-breakpoint
CREATE INDEX `webhook_deliveries_type` ON `webhook_deliveries` (`org_id`,`event_type`,`id`);--> statement-breakpoint
CREATE INDEX `webhook_deliveries_event` ON `webhook_deliveries` (`org_id`,`event_id`);--> statement-breakpoint
CREATE INDEX `webhook_deliveries_age` ON `webhook_deliveries` (`created_at`);--> statement-breakpoint
CREATE TABLE `webhook_endpoints` (
	`id` text PRIMARY KEY NOT NULL,
	`org_id` text NOT NULL,
	`url` text NOT NULL,
	`description` text,
	`events` text NOT NULL,
	`ordering` text DEFAULT 'none' NOT NULL,
	`headers` text,
	`rate_per_second` integer,
	`secret` text NOT NULL,
	`previous_secret` text,
	`previous_until` integer,
	`status` text DEFAULT 'enabled' NOT NULL,
	`disabled_reason` text,
	`disabled_at` integer,
	`circuit` text DEFAULT 'closed' NOT NULL,
	`failures` integer DEFAULT 0 NOT NULL,
	`probes` integer DEFAULT 0 NOT NULL,
	`probe_at` integer,
	`failing_since` integer,
	`told_failing` integer DEFAULT false NOT NULL,
	`last_success_at` integer,
	`last_failure_at` integer,
	`last_cause` text,
	`last_status_code` integer,
	`created_by` text,
	`removed_at` integer,
	`version` integer DEFAULT 1 NOT NULL,
	`change_id` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `webhook_endpoints_org` ON `webhook_endpoints` (`org_id`,`id`);--> statement-breakpoint
CREATE INDEX `webhook_endpoints_probe` ON `webhook_endpoints` (`probe_at`) WHERE circuit <> 'closed' and status = 'enabled';--> statement-breakpoint
CREATE TABLE `webhook_hours` (
	`endpoint_id` text NOT NULL,
	`hour` integer NOT NULL,
	`org_id` text NOT NULL,
	`delivered` integer DEFAULT 0 NOT NULL,
	`failed` integer DEFAULT 0 NOT NULL,
	`l0` integer DEFAULT 0 NOT NULL,
	`l1` integer DEFAULT 0 NOT NULL,
	`l2` integer DEFAULT 0 NOT NULL,
	`l3` integer DEFAULT 0 NOT NULL,
	`l4` integer DEFAULT 0 NOT NULL,
	`l5` integer DEFAULT 0 NOT NULL,
	`l6` integer DEFAULT 0 NOT NULL,
	`l7` integer DEFAULT 0 NOT NULL,
	`l8` integer DEFAULT 0 NOT NULL,
	`l9` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`endpoint_id`, `hour`)
);
--> statement-breakpoint
CREATE INDEX `webhook_hours_org` ON `webhook_hours` (`org_id`,`hour`);--> statement-breakpoint
CREATE INDEX `webhook_hours_age` ON `webhook_hours` (`hour`);--> statement-breakpoint
CREATE TABLE `webhook_messages` (
	`event_id` text PRIMARY KEY NOT NULL,
	`org_id` text NOT NULL,
	`body` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `webhook_messages_age` ON `webhook_messages` (`created_at`);--> statement-breakpoint
CREATE TABLE `webhook_periods` (
	`endpoint_id` text NOT NULL,
	`from_seq` integer NOT NULL,
	`until_seq` integer,
	`org_id` text NOT NULL,
	`events` text NOT NULL,
	PRIMARY KEY(`endpoint_id`, `from_seq`)
);
--> statement-breakpoint
CREATE INDEX `webhook_periods_org` ON `webhook_periods` (`org_id`,`until_seq`);--> statement-breakpoint
-- How many deliveries stand in each status is kept by the database itself, so that no statement can forget it.
CREATE TRIGGER webhook_counts_made AFTER INSERT ON webhook_deliveries BEGIN
  INSERT INTO webhook_counts (endpoint_id, status, org_id, n) VALUES (new.endpoint_id, new.status, new.org_id, 1)
  ON CONFLICT (endpoint_id, status) DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER webhook_counts_moved AFTER UPDATE OF status ON webhook_deliveries WHEN old.status <> new.status BEGIN
  UPDATE webhook_counts SET n = n - 1 WHERE endpoint_id = old.endpoint_id AND status = old.status;
  INSERT INTO webhook_counts (endpoint_id, status, org_id, n) VALUES (new.endpoint_id, new.status, new.org_id, 1)
  ON CONFLICT (endpoint_id, status) DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER webhook_counts_gone AFTER DELETE ON webhook_deliveries BEGIN
  UPDATE webhook_counts SET n = n - 1 WHERE endpoint_id = old.endpoint_id AND status = old.status;
END;
