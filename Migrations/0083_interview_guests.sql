-- What each guest of an interview was told last, and what they answered: mail goes to whoever was told something else than is true now.
CREATE TABLE interview_guests (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    interview_id uuid NOT NULL,
    user_id uuid NOT NULL,
    is_candidate boolean NOT NULL,
    told text,
    sequence integer,
    token_hash bytea,
    answer text CHECK (answer IN ('accepted', 'declined', 'tentative')),
    comment text,
    answered_at timestamptz,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, interview_id, user_id),
    CONSTRAINT interview_guests_token UNIQUE (tenant_id, token_hash),
    CONSTRAINT interview_guests_interview FOREIGN KEY (tenant_id, interview_id) REFERENCES interviews (tenant_id, id)
);
COMMENT ON COLUMN interview_guests.is_candidate IS 'Then the application says who it is, which a merge may have changed.';
COMMENT ON COLUMN interview_guests.told IS 'A digest of the last letter; NULL before the first.';
COMMENT ON COLUMN interview_guests.sequence IS 'Of the last letter''s calendar entry.';
CALL secure_tenant_table('interview_guests', 'SELECT, INSERT, UPDATE');

ALTER TABLE interviews ADD COLUMN invitation_version integer;
COMMENT ON COLUMN interviews.invitation_version IS 'The version that last changed what its guests are told.';
