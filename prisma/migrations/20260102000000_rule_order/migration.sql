-- AlterTable
ALTER TABLE `tenants` ADD COLUMN `rules_country` VARCHAR(2) NULL;

-- AlterTable
ALTER TABLE `inbound_rules` ADD COLUMN `evaluation_key` VARCHAR(24) NOT NULL DEFAULT '',
    ADD COLUMN `match_key` VARCHAR(32) NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE `outbound_rules` ADD COLUMN `evaluation_key` VARCHAR(24) NOT NULL DEFAULT '',
    ADD COLUMN `match_key` VARCHAR(32) NOT NULL DEFAULT '';

-- CreateIndex
CREATE INDEX `inbound_rules_evaluation_idx` ON `inbound_rules`(`tenant_id`, `evaluation_key`, `id`);

-- CreateIndex
CREATE INDEX `inbound_rules_enabled_idx` ON `inbound_rules`(`tenant_id`, `enabled`, `evaluation_key`, `id`);

-- CreateIndex
CREATE INDEX `inbound_rules_match_idx` ON `inbound_rules`(`tenant_id`, `match_key`);

-- CreateIndex
CREATE INDEX `outbound_rules_evaluation_idx` ON `outbound_rules`(`tenant_id`, `evaluation_key`, `id`);

-- CreateIndex
CREATE INDEX `outbound_rules_enabled_idx` ON `outbound_rules`(`tenant_id`, `enabled`, `evaluation_key`, `id`);

-- CreateIndex
CREATE INDEX `outbound_rules_match_idx` ON `outbound_rules`(`tenant_id`, `match_key`);
