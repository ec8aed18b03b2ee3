-- AlterTable
ALTER TABLE `call_attempts` ADD COLUMN `test` BOOLEAN NOT NULL DEFAULT false;

-- RedefineIndex
CREATE INDEX `call_attempts_agent_test_idx` ON `call_attempts`(`tenant_id`, `agent_id`, `test`, `started_at`, `call_id`);
DROP INDEX `call_attempts_agent_idx` ON `call_attempts`;
