-- AlterTable
ALTER TABLE `call_records` ADD COLUMN `decision_ms` INTEGER NULL;

-- AlterTable
ALTER TABLE `call_attempts` ADD COLUMN `provider` VARCHAR(64) NULL;

-- CreateTable
CREATE TABLE `call_rollups` (
    `tenant_id` VARCHAR(24) NOT NULL,
    `dimension` VARCHAR(8) NOT NULL,
    `size` VARCHAR(6) NOT NULL,
    `start_at` DATETIME(3) NOT NULL,
    `id` VARCHAR(64) NOT NULL,
    `calls` INTEGER NOT NULL,
    `answered` INTEGER NOT NULL,
    `timed` INTEGER NOT NULL,
    `seconds` BIGINT NOT NULL,
    `failed_over` INTEGER NOT NULL,
    `fallback` INTEGER NOT NULL,
    PRIMARY KEY (`tenant_id`, `dimension`, `size`, `start_at`, `id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- CreateTable
CREATE TABLE `call_sketches` (
    `tenant_id` VARCHAR(24) NOT NULL,
    `size` VARCHAR(6) NOT NULL,
    `start_at` DATETIME(3) NOT NULL,
    `decision_ms` JSON NOT NULL,
    `ring_seconds` JSON NOT NULL,
    PRIMARY KEY (`tenant_id`, `size`, `start_at`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- CreateTable
CREATE TABLE `rule_hits` (
    `tenant_id` VARCHAR(24) NOT NULL,
    `rule_id` VARCHAR(24) NOT NULL,
    `last_at` DATETIME(3) NOT NULL,
    PRIMARY KEY (`tenant_id`, `rule_id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- AddForeignKey
ALTER TABLE `call_rollups` ADD CONSTRAINT `call_rollups_tenant_fkey` FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE `call_sketches` ADD CONSTRAINT `call_sketches_tenant_fkey` FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE `rule_hits` ADD CONSTRAINT `rule_hits_tenant_fkey` FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON DELETE CASCADE ON UPDATE RESTRICT;
