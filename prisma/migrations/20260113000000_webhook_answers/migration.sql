-- CreateTable
CREATE TABLE `webhook_answers` (
    `tenant_id` VARCHAR(24) NOT NULL,
    `received_at` DATETIME(3) NOT NULL,
    `kind` VARCHAR(16) NOT NULL,
    `call_id` VARCHAR(24) NOT NULL,
    `status` SMALLINT NOT NULL,
    `took_us` INTEGER NOT NULL,

    PRIMARY KEY (`tenant_id`, `received_at`, `kind`, `call_id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- CreateTable
CREATE TABLE `webhook_refusals` (
    `tenant_id` VARCHAR(24) NOT NULL,
    `id` BINARY(16) NOT NULL,
    `at` DATETIME(3) NOT NULL,
    `kind` VARCHAR(16) NOT NULL,
    `status` SMALLINT NOT NULL,
    `times` INTEGER NOT NULL,
    `took_us` INTEGER NOT NULL,

    INDEX `webhook_refusals_at_idx`(`tenant_id`, `at`, `id`),
    PRIMARY KEY (`tenant_id`, `id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- AddForeignKey
ALTER TABLE `webhook_answers` ADD CONSTRAINT `webhook_answers_tenant_fkey` FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON DELETE CASCADE ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE `webhook_refusals` ADD CONSTRAINT `webhook_refusals_tenant_fkey` FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON DELETE CASCADE ON UPDATE RESTRICT;
