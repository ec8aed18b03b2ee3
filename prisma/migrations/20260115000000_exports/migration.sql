-- CreateTable
CREATE TABLE `exports` (
    `tenant_id` VARCHAR(24) NOT NULL,
    `id` VARCHAR(24) NOT NULL,
    `status` VARCHAR(8) NOT NULL,
    `format` VARCHAR(4) NOT NULL,
    `columns` JSON NOT NULL,
    `time_zone` VARCHAR(64) NOT NULL,
    `byte_order_mark` BOOLEAN NOT NULL DEFAULT false,
    `filters` JSON NOT NULL,
    `until` DATETIME(3) NOT NULL,
    `estimated_rows` INTEGER NULL,
    `row_count` INTEGER NOT NULL DEFAULT 0,
    `bytes` BIGINT NOT NULL DEFAULT 0,
    `mark` JSON NULL,
    `fence` BIGINT NOT NULL DEFAULT 0,
    `stored` BOOLEAN NOT NULL DEFAULT false,
    `problem` VARCHAR(255) NULL,
    `created_by` VARCHAR(24) NULL,
    `created_by_name` VARCHAR(254) NOT NULL,
    `created_at` DATETIME(3) NOT NULL,
    `ended_at` DATETIME(3) NULL,
    `expires_at` DATETIME(3) NULL,
    `updated_at` DATETIME(3) NOT NULL,

    INDEX `exports_created_idx`(`tenant_id`, `created_at`, `id`),
    INDEX `exports_status_idx`(`status`, `created_at`),
    PRIMARY KEY (`tenant_id`, `id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- AddForeignKey
ALTER TABLE `exports` ADD CONSTRAINT `exports_tenant_fkey` FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON DELETE CASCADE ON UPDATE RESTRICT;
