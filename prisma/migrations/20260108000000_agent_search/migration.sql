-- CreateIndex
CREATE INDEX `voice_agents_search_idx` ON `voice_agents`(`tenant_id`, `name`, `provider`, `service_value`, `enabled`);
