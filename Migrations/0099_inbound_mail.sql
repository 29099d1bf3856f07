-- Mail that comes in: bounces and calendars' answers. An address that mail came back from is known until somebody proves it again.
ALTER TABLE mails ADD COLUMN bounced_at timestamptz;
COMMENT ON COLUMN mails.bounced_at IS 'When it came back, or was kept back because earlier mail to the address had.';

CREATE TABLE mail_bounces (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    address text NOT NULL,
    status text NOT NULL,
    reason text,
    mails integer NOT NULL,
    last_at timestamptz NOT NULL,
    blocked_at timestamptz,
    PRIMARY KEY (tenant_id, address)
);
CREATE INDEX mail_bounces_by_age ON mail_bounces (last_at);
COMMENT ON COLUMN mail_bounces.address IS 'In lower case, as accounts have it.';
COMMENT ON COLUMN mail_bounces.status IS 'The last one, of RFC 3463.';
COMMENT ON COLUMN mail_bounces.mails IS 'How many came back, none more than 30 days after the one before.';
COMMENT ON COLUMN mail_bounces.blocked_at IS 'Since when only mail that its reader asks for is sent.';
CALL secure_tenant_table('mail_bounces');

ALTER TABLE interview_guests ADD COLUMN mailbox uuid;
COMMENT ON COLUMN interview_guests.mailbox IS 'What the address in the guest''s invitations names, to which calendars answer.';

CREATE TABLE inbound_mails (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('bounce', 'interview')),
    mailbox uuid NOT NULL,
    message bytea NOT NULL,
    sender text NOT NULL,
    content bytea,
    size integer NOT NULL,
    outcome text CHECK (outcome IN ('used', 'ignored', 'unreadable')),
    received_at timestamptz NOT NULL,
    handled_at timestamptz,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT inbound_mails_message UNIQUE (tenant_id, mailbox, message)
);
COMMENT ON COLUMN inbound_mails.message IS 'A digest of its Message-ID, else of all of it.';
COMMENT ON COLUMN inbound_mails.content IS 'As it came, until it has been read.';
CREATE INDEX inbound_mails_recent ON inbound_mails (tenant_id, received_at);
CREATE INDEX inbound_mails_by_age ON inbound_mails (received_at);
CALL secure_tenant_table('inbound_mails');
