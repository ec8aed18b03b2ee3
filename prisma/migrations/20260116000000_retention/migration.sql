-- AlterTable
ALTER TABLE `tenants` ADD COLUMN `payload_days` INTEGER NOT NULL DEFAULT 14,
    ADD COLUMN `record_months` INTEGER NOT NULL DEFAULT 13,
    ADD COLUMN `records_from` DATETIME(3) NULL;

-- CreateTable
CREATE TABLE `erasures` (
    `tenant_id` VARCHAR(24) NOT NULL,
    `id` VARCHAR(24) NOT NULL,
    `actor_id` VARCHAR(24) NULL,
    `actor_name` VARCHAR(254) NOT NULL,
    `created_at` DATETIME(3) NOT NULL,
    `masked` VARCHAR(32) NOT NULL,
    `sealed_number` TEXT NULL,
    `digest` VARCHAR(96) NULL,
    `guarded_until` DATETIME(3) NOT NULL,
    `status` VARCHAR(8) NOT NULL,
    `waits_for` VARCHAR(255) NULL,
    `changed` JSON NOT NULL,
    `named_by` JSON NOT NULL,
    `late_events` INTEGER NOT NULL DEFAULT 0,
    `late_at_ms` BIGINT NOT NULL DEFAULT 0,
    `finished_at` DATETIME(3) NULL,

    INDEX `erasures_status_idx`(`status`, `tenant_id`),
    PRIMARY KEY (`tenant_id`, `id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- AddForeignKey
ALTER TABLE `erasures` ADD CONSTRAINT `erasures_tenant_fkey` FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON DELETE CASCADE ON UPDATE RESTRICT;
