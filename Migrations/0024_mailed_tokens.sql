ALTER TABLE password_resets
    ADD COLUMN purpose text NOT NULL DEFAULT 'passwordReset',
    ADD COLUMN company_id uuid,
    ADD CONSTRAINT password_resets_purpose_known CHECK (purpose IN ('passwordReset', 'invitation', 'confirmation')),
    ADD CONSTRAINT password_resets_company FOREIGN KEY (tenant_id, company_id) REFERENCES companies (tenant_id, id);
COMMENT ON TABLE password_resets IS 'Tokens of mails, hashed. A new password spends all of the user''s but the invitations to companies.';
COMMENT ON COLUMN password_resets.company_id IS 'What the invitation is to; none: the tenant, and the companies that the user was invited to by then.';
