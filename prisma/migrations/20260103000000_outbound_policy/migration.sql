-- AlterTable
ALTER TABLE `tenants` ADD COLUMN `outbound_deny` JSON NULL,
    ADD COLUMN `outbound_max_concurrent` INTEGER NULL,
    ADD COLUMN `outbound_max_per_minute` INTEGER NULL,
    ADD COLUMN `outbound_policy_version` INTEGER NOT NULL DEFAULT 1;
