-- RedefineIndex
ALTER TABLE `inbound_rules` DROP INDEX `inbound_rules_evaluation_idx`, DROP INDEX `inbound_rules_match_idx`,
    ADD INDEX `inbound_rules_evaluation_idx` (`tenant_id`, `evaluation_key`, `id`, `match_key`, `enabled`, `agent_id`, `group_id`),
    ADD INDEX `inbound_rules_match_idx` (`tenant_id`, `match_key`, `evaluation_key`, `id`, `enabled`, `agent_id`, `group_id`);
ALTER TABLE `outbound_rules` DROP INDEX `outbound_rules_evaluation_idx`, DROP INDEX `outbound_rules_match_idx`,
    ADD INDEX `outbound_rules_evaluation_idx` (`tenant_id`, `evaluation_key`, `id`, `match_key`, `enabled`),
    ADD INDEX `outbound_rules_match_idx` (`tenant_id`, `match_key`, `evaluation_key`, `id`, `enabled`);
