-- CreateIndex
CREATE INDEX `webhook_events_call_idx` ON `webhook_events`(`tenant_id`, `call_id`, `received_at`, `id`);
