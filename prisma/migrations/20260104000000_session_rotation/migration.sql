-- AlterTable
ALTER TABLE `sessions` ADD COLUMN `previous_hash` BINARY(32) NULL,
    ADD COLUMN `rotated_at` DATETIME(3) NULL;
