-- CreateTable
CREATE TABLE `journal_archive` (
    `tenant_id` VARCHAR(24) NOT NULL,
    `last_ms` BIGINT NOT NULL,
    `last_seq` BIGINT NOT NULL,
    `entries` MEDIUMBLOB NOT NULL,
    PRIMARY KEY (`tenant_id`, `last_ms`, `last_seq`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
