-- CreateTable
CREATE TABLE `tenants` (
    `id` VARCHAR(24) NOT NULL,
    `name` VARCHAR(100) NOT NULL,
    `webhook_key` VARCHAR(64) NOT NULL,
    `previous_key` VARCHAR(64) NULL,
    `previous_key_valid_until` DATETIME(3) NULL,
    `bearer_seen_at` DATETIME(3) NULL,
    `country` VARCHAR(2) NULL,
    `fallback` JSON NULL,
    `fallback_agent_id` VARCHAR(24) NULL,
    `fallback_group_id` VARCHAR(24) NULL,
    `max_concurrent_calls` INTEGER NULL,
    `sealed_cloudonix_key` TEXT NULL,
    `plan_version` BIGINT NOT NULL DEFAULT 1,
    `version` INTEGER NOT NULL DEFAULT 1,
    `created_at` DATETIME(3) NOT NULL,
    `updated_at` DATETIME(3) NOT NULL,
    UNIQUE INDEX `tenants_webhook_key_key`(`webhook_key`),
    UNIQUE INDEX `tenants_previous_key_key`(`previous_key`),
    INDEX `tenants_fallback_agent_idx`(`id`, `fallback_agent_id`),
    INDEX `tenants_fallback_group_idx`(`id`, `fallback_group_id`),
    PRIMARY KEY (`id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- CreateTable
CREATE TABLE `tenant_domains` (
    `domain` VARCHAR(253) NOT NULL,
    `tenant_id` VARCHAR(24) NOT NULL,
    `is_primary` BOOLEAN NOT NULL,
    `position` INTEGER NOT NULL DEFAULT 0,
    INDEX `tenant_domains_tenant_idx`(`tenant_id`, `position`),
    PRIMARY KEY (`domain`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- CreateTable
CREATE TABLE `webhook_tokens` (
    `tenant_id` VARCHAR(24) NOT NULL,
    `id` VARCHAR(24) NOT NULL,
    `hash` BINARY(32) NOT NULL,
    `valid_until` DATETIME(3) NULL,
    `created_at` DATETIME(3) NOT NULL,
    UNIQUE INDEX `webhook_tokens_hash_key`(`hash`),
    PRIMARY KEY (`tenant_id`, `id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- CreateTable
CREATE TABLE `users` (
    `tenant_id` VARCHAR(24) NOT NULL,
    `id` VARCHAR(24) NOT NULL,
    `email` VARCHAR(254) NOT NULL,
    `name` VARCHAR(100) NULL,
    `password_hash` VARCHAR(255) NOT NULL,
    `role` VARCHAR(8) NOT NULL,
    `enabled` BOOLEAN NOT NULL DEFAULT true,
    `version` INTEGER NOT NULL DEFAULT 1,
    `created_at` DATETIME(3) NOT NULL,
    `updated_at` DATETIME(3) NOT NULL,
    UNIQUE INDEX `users_email_key`(`email`),
    PRIMARY KEY (`tenant_id`, `id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- CreateTable
CREATE TABLE `sessions` (
    `tenant_id` VARCHAR(24) NOT NULL,
    `id` VARCHAR(24) NOT NULL,
    `user_id` VARCHAR(24) NOT NULL,
    `refresh_hash` BINARY(32) NOT NULL,
    `expires_at` DATETIME(3) NOT NULL,
    `revoked_at` DATETIME(3) NULL,
    `created_at` DATETIME(3) NOT NULL,
    UNIQUE INDEX `sessions_id_key`(`id`),
    INDEX `sessions_user_idx`(`tenant_id`, `user_id`),
    INDEX `sessions_expires_idx`(`expires_at`),
    PRIMARY KEY (`tenant_id`, `id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- CreateTable
CREATE TABLE `voice_agents` (
    `tenant_id` VARCHAR(24) NOT NULL,
    `id` VARCHAR(24) NOT NULL,
    `name` VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci NOT NULL,
    `provider` VARCHAR(64) NOT NULL,
    `service_value` VARCHAR(255) NOT NULL,
    `username` VARCHAR(255) NULL,
    `sealed_password` TEXT NULL,
    `enabled` BOOLEAN NOT NULL DEFAULT true,
    `capacity` INTEGER NULL,
    `metadata` JSON NOT NULL,
    `version` INTEGER NOT NULL DEFAULT 1,
    `created_at` DATETIME(3) NOT NULL,
    `updated_at` DATETIME(3) NOT NULL,
    UNIQUE INDEX `voice_agents_name_key`(`tenant_id`, `name`),
    PRIMARY KEY (`tenant_id`, `id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- CreateTable
CREATE TABLE `agent_groups` (
    `tenant_id` VARCHAR(24) NOT NULL,
    `id` VARCHAR(24) NOT NULL,
    `name` VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci NOT NULL,
    `strategy` VARCHAR(16) NOT NULL,
    `settings` JSON NOT NULL,
    `fallback` JSON NULL,
    `fallback_agent_id` VARCHAR(24) NULL,
    `fallback_group_id` VARCHAR(24) NULL,
    `version` INTEGER NOT NULL DEFAULT 1,
    `created_at` DATETIME(3) NOT NULL,
    `updated_at` DATETIME(3) NOT NULL,
    INDEX `agent_groups_fallback_agent_idx`(`tenant_id`, `fallback_agent_id`),
    INDEX `agent_groups_fallback_group_idx`(`tenant_id`, `fallback_group_id`),
    UNIQUE INDEX `agent_groups_name_key`(`tenant_id`, `name`),
    PRIMARY KEY (`tenant_id`, `id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- CreateTable
CREATE TABLE `group_members` (
    `tenant_id` VARCHAR(24) NOT NULL,
    `group_id` VARCHAR(24) NOT NULL,
    `agent_id` VARCHAR(24) NOT NULL,
    `position` INTEGER NOT NULL,
    `priority` INTEGER NOT NULL DEFAULT 1,
    `weight` INTEGER NOT NULL DEFAULT 1,
    `capacity` INTEGER NULL,
    `enabled` BOOLEAN NOT NULL DEFAULT true,
    INDEX `group_members_agent_idx`(`tenant_id`, `agent_id`),
    PRIMARY KEY (`tenant_id`, `group_id`, `agent_id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- CreateTable
CREATE TABLE `inbound_rules` (
    `tenant_id` VARCHAR(24) NOT NULL,
    `id` VARCHAR(24) NOT NULL,
    `pattern` VARCHAR(255) NOT NULL,
    `caller_pattern` VARCHAR(255) NULL,
    `agent_id` VARCHAR(24) NULL,
    `group_id` VARCHAR(24) NULL,
    `priority` INTEGER NOT NULL DEFAULT 100,
    `enabled` BOOLEAN NOT NULL DEFAULT true,
    `fallback` JSON NULL,
    `fallback_agent_id` VARCHAR(24) NULL,
    `fallback_group_id` VARCHAR(24) NULL,
    `version` INTEGER NOT NULL DEFAULT 1,
    `created_at` DATETIME(3) NOT NULL,
    `updated_at` DATETIME(3) NOT NULL,
    INDEX `inbound_rules_agent_idx`(`tenant_id`, `agent_id`),
    INDEX `inbound_rules_group_idx`(`tenant_id`, `group_id`),
    INDEX `inbound_rules_fallback_agent_idx`(`tenant_id`, `fallback_agent_id`),
    INDEX `inbound_rules_fallback_group_idx`(`tenant_id`, `fallback_group_id`),
    PRIMARY KEY (`tenant_id`, `id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- CreateTable
CREATE TABLE `outbound_rules` (
    `tenant_id` VARCHAR(24) NOT NULL,
    `id` VARCHAR(24) NOT NULL,
    `caller_id_prefix` VARCHAR(32) NULL,
    `prefix` VARCHAR(32) NULL,
    `trunk_config` JSON NOT NULL,
    `priority` INTEGER NOT NULL DEFAULT 100,
    `enabled` BOOLEAN NOT NULL DEFAULT true,
    `version` INTEGER NOT NULL DEFAULT 1,
    `created_at` DATETIME(3) NOT NULL,
    `updated_at` DATETIME(3) NOT NULL,
    PRIMARY KEY (`tenant_id`, `id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- CreateTable
CREATE TABLE `audit_log` (
    `tenant_id` VARCHAR(24) NOT NULL,
    `id` VARCHAR(24) NOT NULL,
    `at` DATETIME(3) NOT NULL,
    `actor_id` VARCHAR(24) NULL,
    `actor_name` VARCHAR(254) NOT NULL,
    `action` VARCHAR(32) NOT NULL,
    `target_type` VARCHAR(16) NOT NULL,
    `target_id` VARCHAR(24) NOT NULL,
    `before` JSON NULL,
    `after` JSON NULL,
    `plan_version` BIGINT NOT NULL,
    INDEX `audit_log_at_idx`(`tenant_id`, `at`, `id`),
    INDEX `audit_log_target_idx`(`tenant_id`, `target_id`, `at`),
    PRIMARY KEY (`tenant_id`, `id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- CreateTable
CREATE TABLE `call_records` (
    `tenant_id` VARCHAR(24) NOT NULL,
    `id` VARCHAR(24) NOT NULL,
    `session` VARCHAR(255) NOT NULL,
    `direction` VARCHAR(8) NOT NULL,
    `from_number` VARCHAR(255) NOT NULL,
    `to_number` VARCHAR(255) NOT NULL,
    `status` VARCHAR(12) NOT NULL,
    `state` VARCHAR(12) NOT NULL,
    `reason` VARCHAR(24) NULL,
    `degraded` BOOLEAN NOT NULL DEFAULT false,
    `fallback_used` JSON NULL,
    `test` BOOLEAN NOT NULL DEFAULT false,
    `rule_id` VARCHAR(24) NULL,
    `group_id` VARCHAR(24) NULL,
    `agent_id` VARCHAR(24) NULL,
    `started_at` DATETIME(3) NOT NULL,
    `answered` BOOLEAN NOT NULL DEFAULT false,
    `answered_at` DATETIME(3) NULL,
    `ended_at` DATETIME(3) NULL,
    `ring_seconds` INTEGER NULL,
    `duration_seconds` INTEGER NULL,
    `fold` JSON NOT NULL,
    `updated_at` DATETIME(3) NOT NULL,
    INDEX `call_records_started_idx`(`tenant_id`, `started_at`, `id`),
    INDEX `call_records_status_idx`(`tenant_id`, `status`, `started_at`, `id`),
    INDEX `call_records_from_idx`(`tenant_id`, `from_number`, `started_at`, `id`),
    INDEX `call_records_to_idx`(`tenant_id`, `to_number`, `started_at`, `id`),
    INDEX `call_records_rule_idx`(`tenant_id`, `rule_id`, `started_at`, `id`),
    INDEX `call_records_group_idx`(`tenant_id`, `group_id`, `started_at`, `id`),
    PRIMARY KEY (`tenant_id`, `id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- CreateTable
CREATE TABLE `call_attempts` (
    `tenant_id` VARCHAR(24) NOT NULL,
    `call_id` VARCHAR(24) NOT NULL,
    `step` INTEGER NOT NULL,
    `target_id` VARCHAR(24) NULL,
    `agent_id` VARCHAR(24) NULL,
    `trunk` VARCHAR(255) NULL,
    `kind` VARCHAR(8) NOT NULL,
    `result` VARCHAR(12) NULL,
    `started_at` DATETIME(3) NOT NULL,
    `ended_at` DATETIME(3) NULL,
    INDEX `call_attempts_agent_idx`(`tenant_id`, `agent_id`, `started_at`, `call_id`),
    PRIMARY KEY (`tenant_id`, `call_id`, `step`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- CreateTable
CREATE TABLE `call_events` (
    `tenant_id` VARCHAR(24) NOT NULL,
    `call_id` VARCHAR(24) NOT NULL,
    `dedupe` BINARY(16) NOT NULL,
    `at` DATETIME(3) NOT NULL,
    `type` VARCHAR(24) NOT NULL,
    `detail` JSON NULL,
    PRIMARY KEY (`tenant_id`, `call_id`, `dedupe`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- CreateTable
CREATE TABLE `call_sip_ids` (
    `tenant_id` VARCHAR(24) NOT NULL,
    `sip_call_id` VARCHAR(255) NOT NULL,
    `call_id` VARCHAR(24) NOT NULL,
    INDEX `call_sip_ids_call_idx`(`tenant_id`, `call_id`),
    PRIMARY KEY (`tenant_id`, `sip_call_id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- CreateTable
CREATE TABLE `unmatched_cdrs` (
    `tenant_id` VARCHAR(24) NOT NULL,
    `sip_call_id` VARCHAR(255) NOT NULL,
    `dedupe` BINARY(16) NOT NULL,
    `event` JSON NOT NULL,
    `received_at` DATETIME(3) NOT NULL,
    INDEX `unmatched_cdrs_received_idx`(`tenant_id`, `received_at`),
    PRIMARY KEY (`tenant_id`, `sip_call_id`, `dedupe`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- CreateTable
CREATE TABLE `webhook_events` (
    `tenant_id` VARCHAR(24) NOT NULL,
    `id` BINARY(16) NOT NULL,
    `received_at` DATETIME(3) NOT NULL,
    `kind` VARCHAR(16) NOT NULL,
    `call_id` VARCHAR(24) NULL,
    `fields` JSON NOT NULL,
    `answer` JSON NULL,
    PRIMARY KEY (`tenant_id`, `received_at`, `id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- CreateTable
CREATE TABLE `dead_letters` (
    `id` BIGINT NOT NULL AUTO_INCREMENT,
    `partition` SMALLINT NOT NULL,
    `entry_id` VARCHAR(48) NOT NULL,
    `tenant_id` VARCHAR(255) NOT NULL,
    `event` JSON NOT NULL,
    `error` TEXT NOT NULL,
    `created_at` DATETIME(3) NOT NULL,
    UNIQUE INDEX `dead_letters_entry_key`(`partition`, `entry_id`),
    PRIMARY KEY (`id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- CreateTable
CREATE TABLE `journal_positions` (
    `partition` SMALLINT NOT NULL,
    `last_id` VARCHAR(48) NOT NULL,
    `fence` BIGINT NOT NULL,
    `updated_at` DATETIME(3) NOT NULL,
    PRIMARY KEY (`partition`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- AddForeignKey
ALTER TABLE `tenants` ADD CONSTRAINT `tenants_fallback_agent_fkey` FOREIGN KEY (`id`, `fallback_agent_id`) REFERENCES `voice_agents`(`tenant_id`, `id`) ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE `tenants` ADD CONSTRAINT `tenants_fallback_group_fkey` FOREIGN KEY (`id`, `fallback_group_id`) REFERENCES `agent_groups`(`tenant_id`, `id`) ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE `tenant_domains` ADD CONSTRAINT `tenant_domains_tenant_fkey` FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON DELETE CASCADE ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE `webhook_tokens` ADD CONSTRAINT `webhook_tokens_tenant_fkey` FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON DELETE CASCADE ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE `users` ADD CONSTRAINT `users_tenant_fkey` FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON DELETE CASCADE ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE `sessions` ADD CONSTRAINT `sessions_user_fkey` FOREIGN KEY (`tenant_id`, `user_id`) REFERENCES `users`(`tenant_id`, `id`) ON DELETE CASCADE ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE `voice_agents` ADD CONSTRAINT `voice_agents_tenant_fkey` FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON DELETE CASCADE ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE `agent_groups` ADD CONSTRAINT `agent_groups_tenant_fkey` FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON DELETE CASCADE ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE `agent_groups` ADD CONSTRAINT `agent_groups_fallback_agent_fkey` FOREIGN KEY (`tenant_id`, `fallback_agent_id`) REFERENCES `voice_agents`(`tenant_id`, `id`) ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE `agent_groups` ADD CONSTRAINT `agent_groups_fallback_group_fkey` FOREIGN KEY (`tenant_id`, `fallback_group_id`) REFERENCES `agent_groups`(`tenant_id`, `id`) ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE `group_members` ADD CONSTRAINT `group_members_group_fkey` FOREIGN KEY (`tenant_id`, `group_id`) REFERENCES `agent_groups`(`tenant_id`, `id`) ON DELETE CASCADE ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE `group_members` ADD CONSTRAINT `group_members_agent_fkey` FOREIGN KEY (`tenant_id`, `agent_id`) REFERENCES `voice_agents`(`tenant_id`, `id`) ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE `inbound_rules` ADD CONSTRAINT `inbound_rules_tenant_fkey` FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON DELETE CASCADE ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE `inbound_rules` ADD CONSTRAINT `inbound_rules_agent_fkey` FOREIGN KEY (`tenant_id`, `agent_id`) REFERENCES `voice_agents`(`tenant_id`, `id`) ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE `inbound_rules` ADD CONSTRAINT `inbound_rules_group_fkey` FOREIGN KEY (`tenant_id`, `group_id`) REFERENCES `agent_groups`(`tenant_id`, `id`) ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE `inbound_rules` ADD CONSTRAINT `inbound_rules_fallback_agent_fkey` FOREIGN KEY (`tenant_id`, `fallback_agent_id`) REFERENCES `voice_agents`(`tenant_id`, `id`) ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE `inbound_rules` ADD CONSTRAINT `inbound_rules_fallback_group_fkey` FOREIGN KEY (`tenant_id`, `fallback_group_id`) REFERENCES `agent_groups`(`tenant_id`, `id`) ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE `outbound_rules` ADD CONSTRAINT `outbound_rules_tenant_fkey` FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON DELETE CASCADE ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE `audit_log` ADD CONSTRAINT `audit_log_tenant_fkey` FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON DELETE CASCADE ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE `call_records` ADD CONSTRAINT `call_records_tenant_fkey` FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON DELETE CASCADE ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE `call_attempts` ADD CONSTRAINT `call_attempts_call_fkey` FOREIGN KEY (`tenant_id`, `call_id`) REFERENCES `call_records`(`tenant_id`, `id`) ON DELETE CASCADE ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE `call_events` ADD CONSTRAINT `call_events_call_fkey` FOREIGN KEY (`tenant_id`, `call_id`) REFERENCES `call_records`(`tenant_id`, `id`) ON DELETE CASCADE ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE `call_sip_ids` ADD CONSTRAINT `call_sip_ids_call_fkey` FOREIGN KEY (`tenant_id`, `call_id`) REFERENCES `call_records`(`tenant_id`, `id`) ON DELETE CASCADE ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE `unmatched_cdrs` ADD CONSTRAINT `unmatched_cdrs_tenant_fkey` FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON DELETE CASCADE ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE `webhook_events` ADD CONSTRAINT `webhook_events_tenant_fkey` FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON DELETE CASCADE ON UPDATE RESTRICT;

-- A rule has exactly one target.
ALTER TABLE `inbound_rules` ADD CONSTRAINT `inbound_rules_target_check` CHECK ((`agent_id` IS NULL) <> (`group_id` IS NULL));
