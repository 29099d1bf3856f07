-- The ledger of candidates who are one person. No row of theirs is changed: whoever reads follows the entries that stand.
CREATE TABLE candidate_merges (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    id uuid NOT NULL,
    kept_id uuid NOT NULL,
    merged_id uuid NOT NULL,
    reasons text[] NOT NULL,
    merged_by uuid,
    merged_at timestamptz NOT NULL,
    undone_by uuid,
    undone_at timestamptz,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT candidate_merges_kept FOREIGN KEY (tenant_id, kept_id) REFERENCES users (tenant_id, id),
    CONSTRAINT candidate_merges_merged FOREIGN KEY (tenant_id, merged_id) REFERENCES users (tenant_id, id),
    CONSTRAINT candidate_merges_two CHECK (kept_id <> merged_id)
);
CREATE UNIQUE INDEX candidate_merges_once ON candidate_merges (tenant_id, merged_id) WHERE undone_at IS NULL;
CREATE INDEX candidate_merges_by_kept ON candidate_merges (tenant_id, kept_id) WHERE undone_at IS NULL;
CALL secure_tenant_table('candidate_merges', 'SELECT, INSERT, UPDATE');
