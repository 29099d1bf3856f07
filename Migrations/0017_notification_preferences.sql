-- How somebody wants to hear of a kind of thing. Where they did not say, their profile's settings count.
CREATE TABLE notification_preferences (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    user_id uuid NOT NULL,
    kind text NOT NULL,
    in_app boolean NOT NULL,
    email boolean NOT NULL,
    PRIMARY KEY (tenant_id, user_id, kind),
    CONSTRAINT notification_preferences_user FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
);
CALL secure_tenant_table('notification_preferences');

-- Upkeep finds by age what has served its time.
CREATE INDEX sessions_by_age ON sessions (last_used_at);
CREATE INDEX refresh_tokens_by_age ON refresh_tokens (expires_at);
CREATE INDEX password_resets_by_age ON password_resets (expires_at);
