-- A reason is stored as it is shown, so that it is found by an index.
UPDATE `call_records` SET `reason` = IF(`ended_at` IS NULL, 'matched', 'engine_error') WHERE `reason` IS NULL;

-- AlterTable
ALTER TABLE `call_records`
    ADD COLUMN `traits` SMALLINT NOT NULL DEFAULT 0,
    ADD COLUMN `from_tail` VARCHAR(32) NOT NULL DEFAULT '',
    ADD COLUMN `to_tail` VARCHAR(32) NOT NULL DEFAULT '';
ALTER TABLE `call_attempts` ADD COLUMN `call_started_at` DATETIME(3) NULL;

UPDATE `call_records` AS r SET
    r.`traits` = (r.`direction` = 'outbound') + 2 * r.`test` + 4 * r.`answered` + 16 * (r.`fallback_used` IS NOT NULL)
        + 8 * ((SELECT COUNT(*) FROM `call_attempts` AS a WHERE a.`tenant_id` = r.`tenant_id` AND a.`call_id` = r.`id`) > 1),
    r.`from_tail` = LEFT(REVERSE(IF(r.`from_number` REGEXP '^[-+ .()0-9]*[0-9][-+ .()0-9]*$', REGEXP_REPLACE(REGEXP_REPLACE(r.`from_number`, '[^0-9]', ''), '^00', ''), r.`from_number`)), 32),
    r.`to_tail` = LEFT(REVERSE(IF(r.`to_number` REGEXP '^[-+ .()0-9]*[0-9][-+ .()0-9]*$', REGEXP_REPLACE(REGEXP_REPLACE(r.`to_number`, '[^0-9]', ''), '^00', ''), r.`to_number`)), 32);
UPDATE `call_attempts` AS a JOIN `call_records` AS r ON r.`tenant_id` = a.`tenant_id` AND r.`id` = a.`call_id`
    SET a.`call_started_at` = r.`started_at`;

-- AlterTable
ALTER TABLE `call_attempts`
    MODIFY `call_started_at` DATETIME(3) NOT NULL,
    ADD INDEX `call_attempts_agent_idx`(`tenant_id`, `agent_id`, `call_started_at`, `call_id`, `test`, `started_at`),
    DROP INDEX `call_attempts_agent_test_idx`;

-- AlterTable
ALTER TABLE `call_records`
    DROP INDEX `call_records_started_idx`,
    ADD INDEX `call_records_started_idx`(`tenant_id`, `started_at`, `id`, `from_number`, `to_number`),
    ADD INDEX `call_records_reason_idx`(`tenant_id`, `reason`, `started_at`, `id`),
    ADD INDEX `call_records_traits_idx`(`tenant_id`, `traits`, `started_at`, `id`),
    ADD INDEX `call_records_from_tail_idx`(`tenant_id`, `from_tail`, `started_at`, `id`),
    ADD INDEX `call_records_to_tail_idx`(`tenant_id`, `to_tail`, `started_at`, `id`);
