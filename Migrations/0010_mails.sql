-- What became of each mail to people: to whom, about what, whether it went. Its words are not kept, for some carry a secret link.
CREATE TABLE mails (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    id uuid NOT NULL,
    message text NOT NULL,
    work_id uuid,
    recipients text[] NOT NULL,
    subject text NOT NULL,
    attempts integer NOT NULL,
    error text,
    created_at timestamptz NOT NULL,
    sent_at timestamptz,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT mails_message_key UNIQUE (tenant_id, message)
);
CREATE INDEX mails_age ON mails (tenant_id, created_at);
CALL secure_tenant_table('mails');
