-- CreateTable
CREATE TABLE `cloudonix_connections` (
    `id` VARCHAR(24) NOT NULL,
    `domain` VARCHAR(253) NOT NULL,
    `state` VARCHAR(16) NOT NULL,
    `is_default` BOOLEAN NOT NULL,
    `sealed_record` TEXT NULL,
    `steps` JSON NOT NULL,
    `busy_until` DATETIME(3) NULL,
    `changed_at` DATETIME(3) NOT NULL,
    `checked_at` DATETIME(3) NULL,
    `check_failure` VARCHAR(500) NULL,
    `drift` JSON NULL,
    `drift_since` DATETIME(3) NULL,

    INDEX `cloudonix_connections_checked_idx`(`state`, `checked_at`),
    PRIMARY KEY (`id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- AddForeignKey
ALTER TABLE `cloudonix_connections` ADD CONSTRAINT `cloudonix_connections_tenant_fkey` FOREIGN KEY (`id`) REFERENCES `tenants`(`id`) ON DELETE CASCADE ON UPDATE RESTRICT;
